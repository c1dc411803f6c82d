/** The three providers that the graph stands in front of. */
export type Provider = 'INCODE' | 'INCREASE' | 'RELAY';

/** Their names as they are written in sentences. */
export const providerName: Record<Provider, string> = {
  INCODE: 'Incode',
  INCREASE: 'Increase',
  RELAY: 'Relay',
};

/** What every call to a provider is given by the operation that it is made for. */
export interface Call {
  /**
   * Aborted when the caller has gone away or the operation's time is up. It ends a read at once; a write
   * only while nothing of it was sent, because what was sent has to be known the outcome of.
   */
  readonly signal: AbortSignal;
  /** When the operation's time is up, on the clock of `performance.now()`. Absent: it takes as long as it takes. */
  readonly deadlineAt?: number | undefined;
  /** Whose idempotency keys are meant: a caller's id, empty where nobody is told apart. */
  readonly caller: string;
  /**
   * What its caller may see: a read of this may be answered by one that is under way for whoever may see the same.
   * Absent: it is answered by none but its own.
   */
  readonly access?: string | undefined;
  /** Told of a mutation once it is recorded: until then, nothing of it was sent. */
  readonly onRecorded?: () => void;
}

/** Whether a call ended because its time was up, and not because its caller has gone away. */
export function isOutOfTime({ signal: { reason } }: Pick<Call, 'signal'>): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}
