import type { Logger } from 'pino';

import type { AttemptReport } from '../http/http-client.ts';
import type { Provider } from '../onboarding/provider.ts';

/**
 * A line for each request that went out to a provider, or should have.
 * @param requestId of the request that it is made for; null where it is made for none, as when a dead process's work is taken over
 */
export function attemptLog(logger: Logger, requestId: () => string | null) {
  return (provider: Provider, { durationMs, ...report }: AttemptReport): void => {
    const id = requestId();
    logger.debug(
      { ...(id !== null && { requestId: id }), provider, ...report, durationMs: Math.round(durationMs) },
      typeof report.result === 'number' ? 'Provider answered' : 'Provider did not answer',
    );
  };
}
