import type { z } from 'zod';

import { httpClient } from '../../http/http-client.ts';
import type { Path } from '../../http/path.ts';
import { SessionOver } from '../../onboarding/errors.ts';
import type { Call } from '../../onboarding/provider.ts';
import { Refusal, type UserError } from '../../onboarding/refusal.ts';
import { isSuccess, outage, read, send, type Exchange } from '../answer.ts';
import type { ApiOptions, Probe } from '../api.ts';
import { SharedReads } from '../shared-reads.ts';

const READ: Exchange = { provider: 'INCODE', writes: false };
const WRITE: Exchange = { provider: 'INCODE', writes: true };

/**
 * Incode's manners: two fixed headers, the session token in a header that looks like a device id, and errors told apart
 * by the HTTP status, because the `status` in the body may be a vendor code.
 */
export interface IncodeApi extends Probe {
  /** Null when Incode knows no such object. Safe to repeat, and shared by equal ones. @throws {SessionOver} */
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
  /** The session that it is about. */
  readonly sessionId: string;
}

export interface IncodeWrite {
  readonly body?: unknown;
  /** The session token; absent before there is a session. */
  readonly token?: string;
  readonly sessionId?: string;
  /** What Incode's refusals mean to the caller, by their HTTP status. Any other is an outage: 403 is our API key. */
  readonly refusals: Readonly<Record<number, UserError>>;
}

export function incodeApi({ apiKey, ...options }: { apiKey: string } & ApiOptions): IncodeApi {
  const { observer: drift = {} } = options;
  const client = httpClient(options);
  const reads = new SharedReads({ provider: 'INCODE', client, observer: options.observer });
  const headers = (token?: string) => ({
    'api-version': '1.0',
    'x-api-key': apiKey,
    'content-type': 'application/json',
    ...(token !== undefined && { 'x-incode-hardware-id': token }),
  });

  return {
    get(schema, to, { query, token, sessionId: subject }, call) {
      return reads.read({ to, query, credential: token }, call, async (requester) => {
        const request = {
          method: 'GET',
          to,
          query,
          headers: headers(token),
          repeatable: true,
          subject,
        } as const;
        const answer = await send(READ, client, request, requester);
        if (answer.status === 404) return null;
        if (answer.status === 401) throw new SessionOver('INCODE', new Error('answer 401')); // 403 is our key
        if (answer.status !== 200) throw outage(READ, answer);
        return read(READ, schema, answer, drift);
      });
    },

    async write(schema, method, to, { body, token, sessionId: subject, refusals }, call) {
      const request = { method, to, headers: headers(token), body, repeatable: false, subject };
      const answer = await reads.outdatedBy(send(WRITE, client, request, call));
      const { [answer.status]: refused } = refusals;
      if (refused) throw new Refusal([refused], { cause: new Error(`answer ${answer.status}`) });
      if (!isSuccess(answer)) throw outage(WRITE, answer);
      return read(WRITE, schema, answer, drift);
    },

    condition: client.condition,
    load: client.load,
    close: client.close,
  };
}
