import type { Logger } from 'pino';

import type { HttpObserver } from '../http/observer.ts';
import type { CircuitState } from '../http/policies/circuit.ts';
import type { Provider } from '../onboarding/provider.ts';

type Told = Required<Pick<HttpObserver, 'circuit' | 'throttled' | 'budgetSpent'>>;

/** A provider that throttles again so soon is still on the same bad day. */
const SAME_THROTTLE_MS = 10_000;

/**
 * Tells the log how a provider is, once for each change: never for each request, nor for each probe that fails.
 * @param requestId of the request in which it showed; null where there is none
 */
export function healthLog(
  logger: Logger,
  requestId: () => string | null,
  now: () => number = Date.now,
): (provider: Provider) => Told {
  return (provider) => {
    const fields = (more: object) => {
      const id = requestId();
      return { ...(id !== null && { requestId: id }), provider, ...more };
    };
    return {
      circuit: circuitLog(logger, fields, now),
      throttled: throttleLog(logger, fields, now),
      budgetSpent: () =>
        logger.warn(fields({}), 'Too many calls to a provider fail for all to be tried again: some are not'),
    };
  };
}

type Fields = (more: object) => object;

function circuitLog(logger: Logger, fields: Fields, now: () => number) {
  const openSince = new Map<string | null, number>();
  return (route: string | null, state: CircuitState): void => {
    const since = openSince.get(route);
    const what = route === null ? {} : { route };
    const known = since === undefined ? what : { ...what, since: new Date(since).toISOString() };
    if (state === 'CLOSED') {
      openSince.delete(route);
      const forMs = since === undefined ? 0 : now() - since;
      logger.info(fields({ ...known, forMs }), `${subjectOf(route)} answers again`);
    } else if (state === 'OPEN' && since === undefined) {
      openSince.set(route, now());
      logger.warn(fields(what), `${subjectOf(route)} fails, and is not asked until a probe succeeds`);
    } else {
      logger.debug(
        fields(known),
        state === 'OPEN' ? `${subjectOf(route)} still fails` : `${subjectOf(route)} is probed`,
      );
    }
  };
}

function subjectOf(route: string | null): string {
  return route === null ? 'A provider' : 'A route of a provider';
}

function throttleLog(logger: Logger, fields: Fields, now: () => number) {
  let until = -Infinity;
  return (forMs: number): void => {
    const level = now() - until < SAME_THROTTLE_MS ? 'debug' : 'warn';
    until = now() + forMs;
    logger[level](
      fields({ until: new Date(until).toISOString() }),
      'A provider throttles us, and is left alone until then',
    );
  };
}
