import { canonical, canonicalTexts } from './canonical.ts';
import type { Effect, EffectName, EffectStore } from './effect.ts';
import type { Operation } from './operation.ts';
import type { Call } from './provider.ts';

/** One request, and the name under which it is done once. */
export interface Asked<Request, T> {
  readonly operation: Operation<Request, T>;
  readonly name: EffectName;
  readonly request: Request;
  readonly call: Call;
}

/** What is recorded of it. The arguments are kept only where they are needed again: they may be personal data. */
export function detailsOf<Request, T>(store: EffectStore, { operation, request }: Asked<Request, T>) {
  const [fingerprint = ''] = store.fingerprints(canonical(request));
  return { fingerprint, request: operation.reconcile ? request : undefined };
}

/** Whether what is recorded under its name was asked for with the same words. */
export function isOf<Request, T>(
  store: EffectStore,
  { operation, request }: Asked<Request, T>,
  effect: Effect,
): boolean {
  // A key that names the thing itself stands for its arguments, also where their fingerprint is not recognised any more
  // because an encryption key was taken out.
  if (operation.isShared) return true;
  const others = effect.state === 'SUCCEEDED' ? operation.otherTexts?.(request, effect.result as T) : [];
  // Earlier versions made the fingerprint of the request as it stood.
  const texts = [...canonicalTexts(request), JSON.stringify(request), ...(others ?? [])];
  return texts.some((text) => store.fingerprints(text).includes(effect.fingerprint));
}
