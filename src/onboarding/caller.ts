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

/** Whoever calls, where access is not checked. */
export const ANYBODY: Caller = { id: '', isAuthenticated: true, scopes: 'ALL', customerId: null };

/** Who sent no token, where access is checked. */
export const NOBODY: Caller = { id: '', isAuthenticated: false, scopes: new Set(), customerId: null };
