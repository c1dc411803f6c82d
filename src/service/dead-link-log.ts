import type { Logger } from 'pino';

/** More than anybody reads one by one. */
const MAX_TOLD = 1_000;

/** Tells the log of each session that a customer is linked to and that Increase does not know, once in the life of the process. */
export function deadLinkLog(logger: Logger): (sessionId: string) => void {
  const told = new Set<string>();
  return (sessionId) => {
    if (told.has(sessionId) || told.size === MAX_TOLD) return;
    told.add(sessionId);
    logger.warn(
      { sessionId },
      'Increase does not know a session that a customer is linked to: lists leave it out, and the link is kept. Was it created elsewhere, such as in the sandbox?',
    );
  };
}
