import type { GraphQLResolveInfo } from 'graphql';

import { CallerGone, NotRecordedInTime, ProviderTimeout } from '../../onboarding/errors.ts';
import { isOutOfTime, type Call, type Provider } from '../../onboarding/provider.ts';
import { Refusal, type UserError } from '../../onboarding/refusal.ts';
import type { Context } from '../context.ts';
import { failedMutation } from './failed-mutation.ts';

type Payload<T> = Partial<T> & { userErrors: UserError[] };

interface MutationOptions<Input> {
  /** Whether the same may have been sent by others before: under the key that the caller gave, unless the input itself names it. */
  readonly isNamed?: (input: Input) => boolean;
}

/**
 * The resolver of a mutation: its payload is what it made, or why it was refused. When the operation's time is up the caller
 * is told so, while what was sent goes on to its end and is stored. What is not even recorded by then is not sent any more.
 */
export function mutation<Input extends { idempotencyKey?: unknown }, T extends object>(
  provider: Provider,
  mutate: (input: Input, context: Context, call: Call) => Promise<T>,
  { isNamed = hasKey }: MutationOptions<Input> = {},
) {
  return async (
    _root: unknown,
    { input }: { input: Input },
    context: Context,
    info: GraphQLResolveInfo,
  ): Promise<Payload<T>> => {
    let isRecorded = false;
    const onRecorded = () => {
      isRecorded = true;
    };
    const ended = (cause: unknown) => {
      const outcome = isRecorded ? 'UNKNOWN' : 'NOT_CARRIED_OUT';
      if (!isOutOfTime(context.call)) return new CallerGone(provider, { outcome, cause });
      return isRecorded ? new ProviderTimeout(provider, { outcome, cause }) : new NotRecordedInTime(cause);
    };
    try {
      const made = mutate(input, context, { ...context.call, onRecorded });
      return { ...(await inTime(context.call.signal, made, ended)), userErrors: [] };
    } catch (error) {
      if (error instanceof Refusal) return { userErrors: [...error.userErrors] } as Payload<T>;
      throw failedMutation(error, { isRecorded, isNamed: isNamed(input) }, info);
    }
  };
}

function hasKey({ idempotencyKey }: { idempotencyKey?: unknown }): boolean {
  return idempotencyKey !== undefined && idempotencyKey !== null;
}

async function inTime<T>(
  signal: AbortSignal,
  work: Promise<T>,
  ended: (cause: unknown) => Error,
): Promise<T> {
  const { promise: end, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(ended(signal.reason));
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work, end]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    end.catch(() => undefined);
  }
}
