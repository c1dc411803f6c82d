import { setTimeout as delay } from 'node:timers/promises';

import type { GraphqlAnswer, Service } from '../support/service.ts';

/** So much later than its deadline an operation may be answered. */
const GRACE_MS = 200;

/**
 * Asks, and says whether it is answered in time. On a busy machine nothing is: then it has as long as an operation takes
 * that asks for nothing, and is sent when the time is up.
 */
export async function askedInTime(
  service: Service,
  { document, variables, deadlineMs }: { document: string; variables: object; deadlineMs: number },
): Promise<{ answer: GraphqlAnswer; isInTime: boolean }> {
  const answered = new AbortController();
  const asking = service.query(document, variables).finally(() => answered.abort());
  const isLate = delay(deadlineMs + GRACE_MS, undefined, { signal: answered.signal })
    .then(() => service.query('{ __typename }'))
    .then(
      () => true,
      () => false,
    );
  const isInTime = await Promise.race([asking.then(() => true), isLate.then((late) => !late)]);
  return { answer: await asking, isInTime };
}
