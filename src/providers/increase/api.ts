import { z } from 'zod';

import { httpClient, type FinalAnswer } from '../../http/http-client.ts';
import type { Requester } from '../../http/calls.ts';
import type { Answer } from '../../http/exchange.ts';
import { objectOf, type Path } from '../../http/path.ts';
import { retryAfterSeconds as fromHeader } from '../../http/retry-after.ts';
import type { Call } from '../../onboarding/provider.ts';
import { refusal } from '../../onboarding/refusal.ts';
import { isSuccess, json, outage as outageOf, read, send, uncertain, type Exchange } from '../answer.ts';
import type { ApiOptions, Probe } from '../api.ts';
import { SharedReads } from '../shared-reads.ts';

/** Increase's manners: bearer key, RFC 9457 errors told apart by `type`, Idempotency-Key on every POST. */
export interface IncreaseApi extends Probe {
  /** Null when Increase knows no such object. Equal reads that are under way are one. */
  get<T>(schema: z.ZodType<T>, to: Path, call: Call): Promise<T | null>;
  /** @throws {RejectedParameters} when Increase finds fault with the query */
  list<T>(schema: z.ZodType<T>, to: Path, query: Readonly<Record<string, string>>, call: Call): Promise<T>;
  /** @throws {Refusal} for what the caller can act on */
  post<T>(schema: z.ZodType<T>, to: Path, request: IncreasePost, call: Call): Promise<T>;
  close(): Promise<void>;
}

export interface IncreasePost {
  readonly body?: unknown;
  readonly idempotencyKey: string;
  readonly notFound: NotFound;
}

/** How it is told that an object does not exist. */
interface NotFound {
  readonly message: string;
  readonly field: string[] | null;
}

/** Increase answered a read with `invalid_parameters_error`. */
export class RejectedParameters extends Error {
  override readonly name = 'RejectedParameters';
}

const READ: Exchange = { provider: 'INCREASE', writes: false };
const WRITE: Exchange = { provider: 'INCREASE', writes: true };

const Problem = z.object({ type: z.string(), retry_after: z.number().nonnegative().nullish() });

export function increaseApi({ apiKey, ...options }: { apiKey: string } & ApiOptions): IncreaseApi {
  const { observer: drift = {} } = options;
  const client = httpClient({ ...options, retryAfterSeconds });
  const reads = new SharedReads({ provider: 'INCREASE', client, observer: options.observer });
  const authorization = `Bearer ${apiKey}`;

  const getting = (to: Path, query: Readonly<Record<string, string>> | undefined, by: Requester) =>
    send(
      READ,
      client,
      {
        method: 'GET',
        to,
        headers: { authorization },
        repeatable: true,
        subject: objectOf(to),
        ...(query && { query }),
      },
      by,
    );

  return {
    get(schema, to, call) {
      return reads.read({ to }, call, async (requester) => {
        const answer = await getting(to, undefined, requester);
        if (answer.status === 404 && problemType(answer) === 'object_not_found_error') return null;
        if (answer.status !== 200) throw outage(READ, answer);
        return read(READ, schema, answer, drift);
      });
    },

    list(schema, to, query, call) {
      return reads.read({ to, query }, call, async (requester) => {
        const answer = await getting(to, query, requester);
        if (answer.status === 400 && problemType(answer) === 'invalid_parameters_error') {
          throw new RejectedParameters('answer 400 invalid_parameters_error to a list');
        }
        if (answer.status !== 200) throw outage(READ, answer);
        return read(READ, schema, answer, drift);
      });
    },

    async post(schema, to, { body, idempotencyKey, notFound }, call) {
      const headers = { authorization, 'idempotency-key': idempotencyKey };
      const request = { method: 'POST', to, headers, body, repeatable: true, subject: objectOf(to) } as const;
      const answer = await reads.outdatedBy(send(WRITE, client, request, call));
      if (!isSuccess(answer)) {
        throw answer.isAfterUnanswered ? uncertain('INCREASE', answer) : rejection(answer, notFound);
      }
      return read(WRITE, schema, answer, drift);
    },

    condition: client.condition,
    load: client.load,
    close: client.close,
  };
}

/** A write that was rejected: in the caller's words where the caller can act on it, else our outage. */
function rejection(answer: FinalAnswer, notFound: NotFound): Error {
  const type = problemType(answer);
  const cause = new Error(`Increase answered ${answer.status} ${type ?? 'without a type'}`);
  switch (type) {
    case 'invalid_parameters_error':
      return refusal('INVALID_INPUT', 'Increase does not accept these values.', { cause });
    case 'object_not_found_error':
      return refusal('NOT_FOUND', notFound.message, { cause, field: notFound.field });
    case 'invalid_operation_error':
      return refusal('INVALID_STATE', 'The session is not active, so this is no longer possible.', { cause });
    case 'idempotency_key_already_used_error':
      return refusal(
        'IDEMPOTENCY_KEY_REUSED',
        'Increase carried out other arguments under this idempotency key. Look there for what was carried out before you choose a new key.',
        { cause },
      );
    case undefined:
    default:
      return outage(WRITE, answer);
  }
}

function outage(exchange: Exchange, answer: FinalAnswer): Error {
  const reason = `answer ${answer.status} ${problemType(answer) ?? 'without a type'}`;
  return outageOf(exchange, answer, reason, retryAfterSeconds(answer));
}

function problemType({ body }: Answer): string | undefined {
  const type = Problem.safeParse(json(body)).data?.type;
  // Open: an unknown type is logged, but only if it looks like one.
  return type !== undefined && /^[a-z_]{1,64}$/.test(type) ? type : undefined;
}

/** Increase says it in the body; a proxy before it may say it in the header. */
function retryAfterSeconds(answer: Answer): number | null {
  const seconds = answer.status === 429 ? Problem.safeParse(json(answer.body)).data?.retry_after : null;
  return seconds ? Math.ceil(seconds) : fromHeader(answer);
}
