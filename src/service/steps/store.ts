import type { Logger } from 'pino';

import type { Store } from '../../store/store.ts';
import type { Tracing } from '../../tracing/tracing.ts';
import { openedStore } from '../startup.ts';
import type { Start } from './start.ts';

/** The store, which the log is told about when it takes no writes. */
export async function openRecords(
  { config, logger, metrics, opened }: Start,
  tracing: Tracing | null,
): Promise<Store> {
  const logOutage = outageLog(logger);
  const store = await openedStore({
    ...config,
    onOutage(cause) {
      logOutage(cause);
      metrics?.store.outage(cause !== null);
    },
    ...(metrics && { onWritten: metrics.store.transaction }),
    ...(tracing && { onTransaction: tracing.transaction }),
  });
  metrics?.effects(store.effectCensus);
  opened.defer(() => store.close());
  return store;
}

function outageLog(logger: Logger): (cause: unknown) => void {
  return (err) => {
    if (err === null) logger.info('The store takes writes again');
    else
      logger.error(
        { err },
        'The store takes no writes: mutations are refused, and this process is not ready',
      );
  };
}
