import { hash } from 'node:crypto';

/** On whose behalf an operation is carried out. */
export interface Caller {
  /** Tells callers apart whose idempotency keys are their own: 16 characters, or empty where nobody is told apart. */
  readonly id: string;
  /** Whether it is known who calls. */
  readonly isAuthenticated: boolean;
  /** What the caller may do; `ALL` where access is not checked. */
  readonly scopes: ReadonlySet<string> | 'ALL';
  /** The one customer whose data the caller may see and change; null: everybody's. */
  readonly customerId: string | null;
}

/** What a caller may see, as a text that says nothing of whom it is about: equal for callers who may see the same. */
export function accessOf(caller: Caller): string {
  let access = known.get(caller);
  if (access === undefined) {
    const { isAuthenticated, scopes, customerId } = caller;
    const seen = [isAuthenticated, customerId, scopes === 'ALL' ? scopes : [...scopes].toSorted()];
    access = hash('sha256', JSON.stringify(seen), 'base64url');
    known.set(caller, access);
  }
  return access;
}

/** A caller stays the same object for as long as the token is good. */
const known = new WeakMap<Caller, string>();

/** Whoever calls, where access is not checked. */
export const ANYBODY: Caller = { id: '', isAuthenticated: true, scopes: 'ALL', customerId: null };

/** Who sent no token, where access is checked. */
export const NOBODY: Caller = { id: '', isAuthenticated: false, scopes: new Set(), customerId: null };
