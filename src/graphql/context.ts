import type { Call } from '../onboarding/provider.ts';
import { loadersOf, type Loaders } from './loaders.ts';
import type { Services } from './services.ts';

/** What the resolvers of one operation share. */
export interface Context {
  readonly requestId: string;
  /** Given to every call to a provider: it ends when the caller is gone or the operation's time is up. */
  readonly call: Call;
  readonly services: Services;
  readonly loaders: Loaders;
}

export function contextOf(services: Services, requestId: string, signal: AbortSignal): Context {
  const call = { signal };
  return { requestId, call, services, loaders: loadersOf(services, call) };
}
