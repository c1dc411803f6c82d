import { OnboardingError, ProviderError } from '../../src/onboarding/errors.ts';
import { Refusal } from '../../src/onboarding/refusal.ts';

/** How something that must fail failed, as its caller would tell it apart. */
export async function failureOf(work: Promise<unknown>): Promise<Record<string, unknown>> {
  const error: unknown = await work.then(
    () => new Error('It did not fail'),
    (cause: unknown) => cause,
  );
  if (error instanceof Refusal) return { refusal: error.userErrors.map(({ code }) => code).join() };
  if (error instanceof ProviderError) {
    return {
      code: error.code,
      provider: error.provider,
      outcome: error.outcome,
      ...('retryAfterSeconds' in error && { retryAfterSeconds: error.retryAfterSeconds }),
    };
  }
  if (error instanceof OnboardingError) return { code: error.code };
  throw error;
}

/** A caller who waits for ever. */
export const patient = { signal: new AbortController().signal, caller: '' };
