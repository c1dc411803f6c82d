import type { z } from 'zod';

import { httpClient, type FinalAnswer } from '../../http/http-client.ts';
import type { Path } from '../../http/path.ts';
import type { Call } from '../../onboarding/provider.ts';
import { refusal } from '../../onboarding/refusal.ts';
import { isSuccess, outage, read, send, type Exchange } from '../answer.ts';
import type { ApiOptions, Probe } from '../api.ts';

const WRITE: Exchange = { provider: 'RELAY', writes: true };

/** Relay's manners: its key header has two x; the shape of its errors is not documented, so the status alone counts. */
export interface RelayApi extends Probe {
  /** Sent once. @throws {Refusal} for what the caller can act on; `notFound` is the sentence for an object that does not exist */
  post<T>(
    schema: z.ZodType<T>,
    to: Path,
    request: { body: unknown; notFound: string },
    call: Call,
  ): Promise<T>;
  close(): Promise<void>;
}

export function relayApi({ apiKey, ...options }: { apiKey: string } & ApiOptions): RelayApi {
  const { observer: drift = {} } = options;
  const client = httpClient(options);
  const headers = { 'xx-relay-api-key': apiKey };

  return {
    async post(schema, to, { body, notFound }, call) {
      const request = { method: 'POST', to, headers, body, repeatable: false } as const;
      const answer = await send(WRITE, client, request, call);
      if (!isSuccess(answer)) throw rejection(answer, notFound);
      return read(WRITE, schema, answer, drift);
    },

    condition: client.condition,
    load: client.load,
    close: client.close,
  };
}

function rejection(answer: FinalAnswer, notFound: string): Error {
  const cause = new Error(`Relay answered ${answer.status}`);
  switch (answer.status) {
    case 400:
      return refusal('INVALID_INPUT', 'Relay does not accept these values.', { cause });
    case 404:
      return refusal('NOT_FOUND', notFound, { cause });
    case 409:
      return refusal('CONFLICT', 'This contradicts what Relay knows of the customer.', { cause });
    default: // 401 is our key
      return outage(WRITE, answer);
  }
}
