import type { z } from 'zod';

import { httpClient, type HttpClientOptions } from '../../http/http-client.ts';
import type { Answer } from '../../http/exchange.ts';
import type { Path } from '../../http/path.ts';
import type { Call } from '../../onboarding/provider.ts';
import { refusal } from '../../onboarding/refusal.ts';
import { outage, read, send } from '../answer.ts';

/**
 * Incode's manners: two fixed headers, the session token in a header that looks like a device id, and errors told apart
 * by the HTTP status, because the `status` in the body may be a vendor code.
 */
export interface IncodeApi {
  /** Null when Incode knows no such object. Safe to repeat. */
  get<T>(schema: z.ZodType<T>, to: Path, request: IncodeRead, call: Call): Promise<T | null>;
  /** Sent once. @throws {Refusal} for what the caller can act on */
  write<T>(
    schema: z.ZodType<T>,
    method: 'GET' | 'POST',
    to: Path,
    request: IncodeWrite,
    call: Call,
  ): Promise<T>;
  close(): Promise<void>;
}

export interface IncodeRead {
  readonly query: Readonly<Record<string, string>>;
  readonly token: string;
}

export interface IncodeWrite {
  readonly body?: unknown;
  /** The session token; absent before there is a session. */
  readonly token?: string;
  /** The sentence for an object that does not exist. */
  readonly notFound: string;
}

export function incodeApi({ apiKey, ...options }: { apiKey: string } & HttpClientOptions): IncodeApi {
  const client = httpClient(options);
  const headers = (token?: string) => ({
    'api-version': '1.0',
    'x-api-key': apiKey,
    'content-type': 'application/json',
    ...(token !== undefined && { 'x-incode-hardware-id': token }),
  });

  return {
    async get(schema, to, { query, token }, call) {
      const request = {
        method: 'GET',
        to,
        query,
        headers: headers(token),
        repeatable: true,
        writes: false,
      } as const;
      const answer = await send('INCODE', client, request, call);
      if (answer.status === 404) return null;
      if (answer.status !== 200) throw outage('INCODE', answer);
      return read('INCODE', schema, answer);
    },

    async write(schema, method, to, { body, token, notFound }, call) {
      const request = { method, to, headers: headers(token), body, repeatable: false, writes: true };
      const answer = await send('INCODE', client, request, call);
      if (answer.status !== 200) throw rejection(answer, { notFound, hasToken: token !== undefined });
      return read('INCODE', schema, answer);
    },

    close: () => client.close(),
  };
}

function rejection(answer: Answer, { notFound, hasToken }: { notFound: string; hasToken: boolean }): Error {
  const cause = new Error(`Incode answered ${answer.status}`);
  switch (answer.status) {
    case 400:
      return refusal(
        'INVALID_INPUT',
        'Incode does not accept this request in the state that the session is in.',
        {
          cause,
        },
      );
    case 401:
      // The session's token, not our key. Without one it can only be about us.
      return hasToken
        ? refusal('INVALID_STATE', "The session's token is no longer valid. Start a new session.", { cause })
        : outage('INCODE', answer);
    case 404:
      return refusal('NOT_FOUND', notFound, { cause });
    case 409:
      return refusal('CONFLICT', 'The session is in a state that does not allow this.', { cause });
    default: // 403 is our API key
      return outage('INCODE', answer);
  }
}
