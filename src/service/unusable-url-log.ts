import type { Logger } from 'pino';

import { eachOnce } from './each-once.ts';

/** Tells the log of each session with a URL that nobody is sent to, once in the life of the process, and never the URL. */
export function unusableUrlLog(logger: Logger): (sessionId: string) => void {
  return eachOnce((sessionId) =>
    logger.warn(
      { sessionId },
      'Increase gave a session a URL that nobody can be sent to: its `redirectUrl` is answered as about:blank, its `sessionUrl` as null. Look at the session at Increase',
    ),
  );
}
