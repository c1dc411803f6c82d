import { CallerGone, ProviderTimeout, StoreUnavailable } from '../../onboarding/errors.ts';
import { isOutOfTime, type Call, type Provider } from '../../onboarding/provider.ts';
import { Refusal, type UserError } from '../../onboarding/refusal.ts';

/**
 * A mutation's payload: what it made, or why it was refused. When the operation's time is up the caller is told so,
 * while what was sent goes on to its end and is stored. What is not even recorded by then is not sent any more.
 */
export async function payload<T extends object>(
  provider: Provider,
  call: Call,
  mutate: (call: Call) => Promise<T>,
): Promise<Partial<T> & { userErrors: UserError[] }> {
  try {
    return { ...(await inTime(provider, call, mutate)), userErrors: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { userErrors: [...error.userErrors] } as Partial<T> & { userErrors: UserError[] };
  }
}

async function inTime<T>(provider: Provider, call: Call, mutate: (call: Call) => Promise<T>): Promise<T> {
  const { signal } = call;
  const { promise: outOfTime, reject } = Promise.withResolvers<never>();
  let isRecorded = false;
  const onAbort = () => {
    const { reason: cause } = signal;
    const outcome = isRecorded ? 'UNKNOWN' : 'NOT_CARRIED_OUT';
    if (!isOutOfTime(call)) reject(new CallerGone(provider, { outcome, cause }));
    else reject(isRecorded ? new ProviderTimeout(provider, { outcome, cause }) : new StoreUnavailable(cause));
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort);
  const onRecorded = () => {
    isRecorded = true;
  };
  try {
    return await Promise.race([mutate({ ...call, onRecorded }), outOfTime]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    outOfTime.catch(() => undefined);
  }
}
