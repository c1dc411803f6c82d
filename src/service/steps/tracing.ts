import type { OpenTracing } from '../../tracing/open-tracing.ts';
import type { Start } from './start.ts';

/** Where traces are to be sent, all that makes them, which is not even loaded else. First to be opened and last to be closed. */
export async function startTracing({ config, logger, opened }: Start): Promise<OpenTracing | null> {
  if (config.tracing === null) return null;
  const { openTracing } = await import('../../tracing/open-tracing.ts');
  const tracing = openTracing({
    environment: config.tracing.environment,
    onFailure: (code) => logger.warn({ code }, 'Traces could not be sent. Nothing else is affected'),
  });
  opened.defer(() => tracing.close());
  return tracing;
}
