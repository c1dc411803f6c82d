import { Pool } from 'undici';

import { attemptsOf, type AttemptResult, type LastAnswer } from './attempts.ts';
import { connector } from './connector.ts';
import { exchange, type Answer, type Outgoing } from './exchange.ts';
import type { Path } from './path.ts';
import { providerPolicy, type Nature } from './policy.ts';
import { redirectOf, type Redirect } from './redirect.ts';
import { retryAfterSeconds as fromHeader } from './retry-after.ts';

/** One request to a provider, in the provider's own terms. */
export interface ProviderRequest extends Nature {
  readonly method: 'GET' | 'POST';
  readonly to: Path;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One attempt, for logs and metrics: nothing in it is secret or personal. */
export interface AttemptReport {
  readonly route: string;
  readonly durationMs: number;
  readonly result: AttemptResult;
}

export interface HttpClientOptions {
  /** An absolute URL; its path is put before every request's. */
  readonly baseUrl: string;
  /** For one attempt, from the wait for a connection to the last byte of the answer. */
  readonly timeoutMs: number;
  /** At the same time; further requests wait for one. */
  readonly connections?: number;
  /** Where the other side says how long to wait: the `Retry-After` header unless it has a way of its own. */
  readonly retryAfterSeconds?: (answer: Answer) => number | null;
  readonly onAttempt?: (report: AttemptReport) => void;
}

/** The answer to a request. */
export interface FinalAnswer extends LastAnswer {
  /** Null where it is no redirect. None is followed. */
  readonly redirect: Redirect | null;
}

export interface HttpClient {
  /**
   * Answers of every status are returned. The signal names the operation that it is sent for, and ends it; of one
   * operation at most 8 reads are under way at a time. @throws {NoAnswer}
   */
  send(request: ProviderRequest, signal: AbortSignal): Promise<FinalAnswer>;
  /** Lets go of all connections, also of those in use. */
  close(): Promise<void>;
}

const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

/** A client of one provider: its connections, and the policy that they are used under. */
export function httpClient({
  baseUrl,
  timeoutMs,
  connections = 128,
  retryAfterSeconds = fromHeader,
  onAttempt,
}: HttpClientOptions): HttpClient {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  const pool = new Pool(origin, { connections, allowH2: false, connect: connector(timeoutMs) });
  const policy = providerPolicy({ retryAfterSeconds });

  return {
    async send(request, signal) {
      const outgoing = toOutgoing(prefix, request);
      const options = { timeoutMs, maxBytes: MAX_ANSWER_BYTES, signal, cancelSent: !request.writes };
      const route = prefix + request.to.route;
      const attempts = attemptsOf(
        () => exchange(pool, outgoing, options),
        (result, durationMs) => onAttempt?.({ route: `${request.method} ${route}`, durationMs, result }),
      );
      try {
        const answer = await policy.run(request, attempts.next, signal);
        const url = new URL(origin + outgoing.path);
        return { ...answer, redirect: redirectOf(answer, { url, route }) };
      } catch (error) {
        throw attempts.failure(error);
      }
    },
    close: () => pool.destroy(),
  };
}

function toOutgoing(prefix: string, { method, to, query, headers, body }: ProviderRequest): Outgoing {
  return {
    method,
    path: prefix + to.path + (query ? `?${new URLSearchParams(query).toString()}` : ''),
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
  };
}
