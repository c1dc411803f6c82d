import { z } from 'zod';

import type { Requester } from '../http/calls.ts';
import type { Answer } from '../http/exchange.ts';
import type { FinalAnswer, HttpClient, ProviderRequest } from '../http/http-client.ts';
import { NoAnswer } from '../http/no-answer.ts';
import { retryAfterSeconds } from '../http/retry-after.ts';
import { isTransient } from '../http/retry-decision.ts';
import {
  CallerGone,
  ProviderRateLimited,
  ProviderRefusesService,
  ProviderTimeout,
  ProviderUnavailable,
  type ProviderError,
} from '../onboarding/errors.ts';
import { isOutOfTime, type Provider } from '../onboarding/provider.ts';
import { driftIn, noticing, type DriftObserver } from './drift.ts';
import { problemsOf } from './problems.ts';

/** With whom an answer is exchanged, and whether that may have changed something there. */
export interface Exchange {
  readonly provider: Provider;
  readonly writes: boolean;
}

/** Sends a request, and tells in the domain's words when nothing came back. */
export async function send(
  { provider, writes }: Exchange,
  client: HttpClient,
  request: Omit<ProviderRequest, 'writes'>,
  requester: Requester,
): Promise<FinalAnswer> {
  try {
    return await client.send({ ...request, writes }, requester);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const isUnasked = !error.sent && (error.reason === 'THROTTLED' || error.reason === 'CIRCUIT_OPEN');
    if (error.reason === 'THROTTLED' && !error.sent) {
      throw new ProviderRateLimited(provider, secondsOf(error.retryAfterMs), { cause: error, isUnasked });
    }
    const outcome = writes && error.sent ? 'UNKNOWN' : 'NOT_CARRIED_OUT';
    const seconds = secondsOf(error.retryAfterMs) ?? undefined;
    const options = { outcome, cause: error, isUnasked, retryAfterSeconds: seconds } as const;
    throw new (kindOf(error, requester))(provider, options);
  }
}

/** What an operation hears that has ended while a read of it was under way, and goes on for others. */
export function leaving(provider: Provider, requester: Requester): ProviderError {
  const cause = new NoAnswer('CANCELLED', { sent: true });
  return new (kindOf(cause, requester))(provider, { outcome: 'NOT_CARRIED_OUT', cause });
}

function secondsOf(ms: number | null): number | null {
  return ms ? Math.ceil(ms / 1_000) : null; // 0: it is being probed, and nobody knows
}

function kindOf({ reason }: NoAnswer, requester: Requester) {
  if (reason === 'CANCELLED') return isOutOfTime(requester) ? ProviderTimeout : CallerGone;
  return reason === 'TIMEOUT' ? ProviderTimeout : ProviderUnavailable;
}

/** Reads an answer's body. @throws {ProviderUnavailable} when it has not the expected shape, or an error's; what was in it stays out of the cause. */
export function read<T>(
  { provider, writes }: Exchange,
  schema: z.ZodType<T>,
  { body, status, route }: FinalAnswer,
  { drifted }: DriftObserver = {},
): T {
  const content = json(body);
  const { result, met } = noticing(() => schema.safeParse(content));
  if (drifted) for (const drift of [...met, ...driftIn(schema, content, result)]) drifted(route, drift);
  const isError = AnError.safeParse(content).success;
  if (result.success && !isError) return result.data;
  const problems = result.error ? problemsOf(schema, result.error) : 'it tells of an error';
  const cause = new Error(`answer ${status} of an unexpected shape (${problems})`);
  throw new ProviderUnavailable(provider, { outcome: writes ? 'UNKNOWN' : 'NOT_CARRIED_OUT', cause });
}

/** How any of them tells of an error, should a gateway between us have made a 200 of it: then it is no yes, whatever else it has. */
const AnError = z.union([z.object({ error: z.string().min(1) }), z.object({ status: z.number().gte(400) })]);

/**
 * What an answer means that the caller cannot do anything about: we are throttled, the provider is broken, or it
 * refuses us (our key, our request, our address for it). `reason` is for the log. A 4xx was certainly not carried out, nor what
 * is to be sent to the same path elsewhere; a 5xx says nothing.
 */
export function outage(
  { provider, writes }: Exchange,
  answer: FinalAnswer,
  reason = `answer ${answer.status}`,
  seconds = retryAfterSeconds(answer),
): ProviderError {
  const { status, redirect } = answer;
  const advice = redirect ? ` points to ${redirect.target}: check ${provider}_BASE_URL` : '';
  const cause = new Error(reason + advice);
  if (status === 429) return new ProviderRateLimited(provider, seconds, { cause });
  const isRefused =
    redirect === null ? status >= 400 && status < 500 : !writes || redirect.isSamePathElsewhere;
  if (isRefused && !isTransient(status)) return new ProviderRefusesService(provider, cause);
  const outcome = writes && !isRefused ? 'UNKNOWN' : 'NOT_CARRIED_OUT';
  return new ProviderUnavailable(provider, { outcome, cause });
}

/** A write whose last attempt was rejected, but of which an earlier one may have been carried out. */
export function uncertain(provider: Provider, { status }: Answer): ProviderUnavailable {
  return new ProviderUnavailable(provider, {
    outcome: 'UNKNOWN',
    cause: new Error(`answer ${status} after an attempt without an answer`),
  });
}

/** Any 2xx: what was carried out is not to be lost because of a 201 where the documentation says 200. */
export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** The body as JSON; undefined when it is none. JSON.parse's own error would quote the body. */
export function json(body: string): unknown {
  try {
    return JSON.parse(
      body.replace(/^\ufeff/, ''),
      body.includes(ESCAPED_NUL) ? storable : undefined,
    ) as unknown;
  } catch {
    return undefined;
  }
}

const ESCAPED_NUL = String.raw`\u0000`;

/** PostgreSQL cannot keep U+0000, and what a provider gives once is not to be lost because of one. */
function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value;
}
