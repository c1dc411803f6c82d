import { ProviderTimeout } from '../onboarding/errors.ts';
import type { Call, Provider } from '../onboarding/provider.ts';
import { Refusal, type UserError } from '../onboarding/refusal.ts';

/**
 * A mutation's payload: what it made, or why it was refused. When the operation's time is up the caller is told so,
 * while what was sent goes on to its end and is stored.
 */
export async function payload<T extends object>(
  provider: Provider,
  call: Call,
  mutation: Promise<T>,
): Promise<Partial<T> & { userErrors: UserError[] }> {
  try {
    return { ...(await inTime(provider, call, mutation)), userErrors: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { userErrors: [...error.userErrors] } as Partial<T> & { userErrors: UserError[] };
  }
}

async function inTime<T>(provider: Provider, { signal }: Call, work: Promise<T>): Promise<T> {
  const { promise: outOfTime, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(new ProviderTimeout(provider, { outcome: 'UNKNOWN', cause: signal.reason }));
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work, outOfTime]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    outOfTime.catch(() => undefined);
  }
}
