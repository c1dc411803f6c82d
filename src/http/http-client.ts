import { Calls, type LastAnswer, type Load, type Requester } from './calls.ts';
import type { ProxySettings } from './tunnels.ts';
import type { Answer, Outgoing } from './exchange.ts';
import type { HttpObserver } from './observer.ts';
import type { Path } from './path.ts';
import type { Condition } from './policies/health.ts';
import { DEFAULT_POLICY, type Policy } from './policies/policy.ts';
import { redirectOf, type Redirect } from './redirect.ts';
import { retryAfterSeconds as fromHeader } from './retry-after.ts';

/** One request to a provider, in the provider's own terms. */
export interface ProviderRequest {
  readonly method: 'GET' | 'POST';
  readonly to: Path;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Whether sending it twice does no more than sending it once. Not implied by the method: Incode has a GET that writes. */
  readonly repeatable: boolean;
  /** Whether it changes something: then it is not cancelled once it was sent. */
  readonly writes: boolean;
  /** The object that it is about, where it is about one: an object that always fails says nothing of its route. */
  readonly subject?: string | undefined;
}

export interface HttpClientOptions {
  /** An absolute URL; its path is put before every request's. */
  readonly baseUrl: string;
  /** Where it differs from the default. */
  readonly policy?: Partial<Policy>;
  readonly proxy?: ProxySettings | null;
  /** Where the other side says how long to wait: the `Retry-After` header unless it has a way of its own. */
  readonly retryAfterSeconds?: (answer: Answer) => number | null;
  readonly observer?: HttpObserver;
}

/** The answer to a request. */
export interface FinalAnswer extends LastAnswer {
  /** Null where it is no redirect. None is followed. */
  readonly redirect: Redirect | null;
  /** Method and template, such as `GET /entities/{}`. */
  readonly route: string;
}

export interface HttpClient {
  /**
   * Answers of every status are returned. Of one operation, at most 8 reads are under way at a time.
   * @throws {NoAnswer}
   */
  send(request: ProviderRequest, requester: Requester): Promise<FinalAnswer>;
  /** What a request is called in all that is observed. */
  routeOf(request: Pick<ProviderRequest, 'method' | 'to'>): string;
  /** How the other side is, from memory. */
  condition(): Condition;
  load(): Load;
  /** Lets go of all connections, also of those in use. */
  close(): Promise<void>;
}

/** A client of one provider: what is sent, and where to. */
export function httpClient({
  baseUrl,
  policy = {},
  proxy = null,
  retryAfterSeconds = fromHeader,
  observer = {},
}: HttpClientOptions): HttpClient {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  const calls = new Calls({
    origin,
    proxy,
    policy: { ...DEFAULT_POLICY, ...policy },
    observer,
    retryAfterSeconds,
  });

  return {
    async send(request, requester) {
      const outgoing = toOutgoing(origin, prefix, request);
      const { repeatable, writes, subject, method, to } = request;
      const route = prefix + to.route;
      const named = `${method} ${route}`;
      const call = { outgoing, repeatable, writes, subject, route: named };
      const answer = await calls.make(call, requester);
      if (answer.status < 300 || answer.status >= 400) return { ...answer, route: named, redirect: null };
      const asked = { url: new URL(origin + outgoing.path), route };
      return { ...answer, route: named, redirect: redirectOf(answer, asked) };
    },
    routeOf: ({ method, to }) => `${method} ${prefix}${to.route}`,
    condition: () => calls.condition(),
    load: () => calls.load(),
    close: () => calls.close(),
  };
}

function toOutgoing(
  origin: string,
  prefix: string,
  { method, to, query, headers, body }: ProviderRequest,
): Outgoing {
  return {
    origin,
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
