import type { Logger } from 'pino';

import { eachOnce } from './each-once.ts';

/** Tells the log of each session that a customer is linked to and that Increase does not know, once in the life of the process. */
export function deadLinkLog(logger: Logger): (sessionId: string) => void {
  return eachOnce((sessionId) =>
    logger.warn(
      { sessionId },
      'Increase does not know a session that a customer is linked to: lists leave it out, and the link is kept. Was it created elsewhere, such as in the sandbox?',
    ),
  );
}
