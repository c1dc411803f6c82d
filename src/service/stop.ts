import { setTimeout as delay } from 'node:timers/promises';

import type { InFlight } from '../onboarding/in-flight.ts';
import type { Providers } from '../providers/providers.ts';
import type { Start } from './steps/start.ts';
import type { Web } from './steps/web.ts';

const DRAIN_MS = 10_000;
const LAST_WORDS_MS = 1_000;

interface Working {
  readonly app: Web['app'];
  readonly providers: Providers;
  readonly writes: InFlight;
}

/**
 * Is not ready, and serves on until load balancers have noticed; then takes no new work, finishes what is in flight (10 s at
 * most) and lets everything go.
 */
export async function stop(
  { config, logger, opened, stopping }: Start,
  { app, providers, writes }: Working,
): Promise<void> {
  stopping.abort();
  if (config.drainDelayMs > 0) {
    logger.info(`Stopping: not ready, and still serving for ${config.drainDelayMs} ms`);
    await delay(config.drainDelayMs);
  }
  logger.info('Stopping: finishing what is in flight');
  await withinTime(drain(app, writes), DRAIN_MS);
  app.server.closeAllConnections();
  // What a provider has not answered is of unknown outcome, and that is still to be stored.
  await providers.close();
  await withinTime(writes.ended(), LAST_WORDS_MS);
  await opened.disposeAsync();
}

async function drain(app: Web['app'], writes: InFlight): Promise<void> {
  await app.close();
  await writes.ended();
}

async function withinTime(work: Promise<void>, ms: number): Promise<void> {
  await Promise.race([work, delay(ms, undefined, { ref: false })]);
}
