import { accessOf, type Caller } from '../onboarding/caller.ts';
import type { Call } from '../onboarding/provider.ts';
import { confinedTo } from './access/confined.ts';
import { loadersOf, type Loaders } from './loaders.ts';
import type { Services } from './services.ts';

/** What the resolvers of one operation share. */
export interface Context {
  readonly requestId: string;
  readonly caller: Caller;
  /** Given to every call to a provider: it ends when the caller is gone or the operation's time is up. */
  readonly call: Call;
  readonly services: Services;
  readonly loaders: Loaders;
}

/** What identifies an operation, and what ends it. */
interface Operation {
  readonly requestId: string;
  readonly caller: Caller;
  readonly signal: AbortSignal;
  /** When its time is up, on the clock of `performance.now()`. */
  readonly deadlineAt?: number;
}

export function contextOf(all: Services, { requestId, caller, signal, deadlineAt }: Operation): Context {
  const call: Call = { signal, deadlineAt, caller: caller.id, access: accessOf(caller) };
  const services = caller.customerId === null ? all : confinedTo(caller.customerId, all);
  return { requestId, caller, call, services, loaders: loadersOf(services, call) };
}
