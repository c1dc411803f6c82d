import { metricsApp } from '../../web/metrics.ts';
import { listen } from '../startup.ts';
import type { Start } from './start.ts';

/** The listener of METRICS_PORT, where there is one. It is closed last, so that what happens in a stop is still told. */
export async function openMetrics({ config, logger, metrics, opened }: Start): Promise<void> {
  const { host, metricsPort: port } = config;
  if (metrics === null || port === null) return;
  const app = metricsApp(metrics);
  opened.defer(() => app.close());
  logger.info(`The metrics are at ${await listen(app, { host, port }, 'METRICS_PORT')}/metrics`);
}
