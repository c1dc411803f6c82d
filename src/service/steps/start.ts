import type { Logger } from 'pino';

import type { Config } from '../../config/config.ts';
import type { Metrics } from '../../metrics/metrics.ts';

/** What each step of a start has at hand. */
export interface Start {
  readonly config: Config;
  readonly logger: Logger;
  /** Null: nothing is measured. */
  readonly metrics: Metrics | null;
  /** What is to be let go at the end: a step adds what it opened, and the last comes first. */
  readonly opened: AsyncDisposableStack;
  /** Aborted as soon as the process is to end: from then on it is not ready. */
  readonly stopping: AbortController;
}
