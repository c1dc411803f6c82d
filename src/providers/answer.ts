import type { z } from 'zod';

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
import { isOutOfTime, type Call, type Provider } from '../onboarding/provider.ts';
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
  call: Call,
): Promise<FinalAnswer> {
  try {
    return await client.send({ ...request, writes }, call);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    if (error.reason === 'THROTTLED' && !error.sent) {
      throw new ProviderRateLimited(provider, secondsOf(error.retryAfterMs), error);
    }
    const outcome = writes && error.sent ? 'UNKNOWN' : 'NOT_CARRIED_OUT';
    const seconds = secondsOf(error.retryAfterMs) ?? undefined;
    throw new (kindOf(error, call))(provider, { outcome, cause: error, retryAfterSeconds: seconds });
  }
}

function secondsOf(ms: number | null): number | null {
  return ms ? Math.ceil(ms / 1_000) : null; // 0: it is being probed, and nobody knows
}

function kindOf({ reason }: NoAnswer, call: Call) {
  if (reason === 'CANCELLED') return isOutOfTime(call) ? ProviderTimeout : CallerGone;
  return reason === 'TIMEOUT' ? ProviderTimeout : ProviderUnavailable;
}

/** Reads an answer's body. @throws {ProviderUnavailable} when it has not the expected shape; what was in it stays out of the cause. */
export function read<T>({ provider, writes }: Exchange, schema: z.ZodType<T>, { body, status }: Answer): T {
  const result = schema.safeParse(json(body));
  if (result.success) return result.data;
  const problems = problemsOf(schema, result.error);
  const cause = new Error(`answer ${status} of an unexpected shape (${problems})`);
  throw new ProviderUnavailable(provider, { outcome: writes ? 'UNKNOWN' : 'NOT_CARRIED_OUT', cause });
}

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
  if (status === 429) return new ProviderRateLimited(provider, seconds, cause);
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
