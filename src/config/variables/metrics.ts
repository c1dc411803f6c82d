import { group, told } from './group.ts';
import { onOrOff, wholeNumber } from './kinds.ts';

export interface MetricsConfig {
  readonly metrics: boolean;
  /** Of a listener that has nothing else; 0 takes any free port. Null: they are beside the graph. */
  readonly metricsPort: number | null;
}

export const metricsGroup = group({
  about: 'what is measured',
  variables: {
    METRICS: onOrOff.optional().register(told, {
      meaning: '[metrics](docs/metrics.md) for Prometheus at `/metrics`, guarded as the graph is',
      otherwise: '`on` in development and with `METRICS_PORT`',
    }),
    METRICS_PORT: wholeNumber(0, 65_535).optional().register(told, {
      meaning:
        'a port of HOST for the metrics alone, without a secret: where nobody but the scraper reaches it',
    }),
  },
  problems: (given, isProduction) => [
    ...(given['METRICS_PORT'] !== undefined &&
    given['METRICS_PORT'] !== '0' &&
    given['METRICS_PORT'] === (given['PORT'] ?? '4001')
      ? ['METRICS_PORT is the port of the graph. Choose another, or leave it out.']
      : []),
    ...(isProduction && given['METRICS'] === 'on' && !given['METRICS_PORT'] && !given['ROUTER_SECRET']
      ? [
          'METRICS is on beside a graph that has no ROUTER_SECRET, where everybody could read them. Set METRICS_PORT.',
        ]
      : []),
  ],
  config: ({ METRICS, METRICS_PORT }, isProduction): MetricsConfig => ({
    metrics: METRICS ?? (!isProduction || METRICS_PORT !== undefined),
    metricsPort: METRICS_PORT ?? null,
  }),
});
