import type { ServerResponse } from 'node:http';

/** Aborted when the operation's time is up (its reason is a `TimeoutError`), or the caller has gone away before the answer. */
export function operationSignal(response: ServerResponse, timeoutMs: number): AbortSignal {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new DOMException('The operation took too long', 'TimeoutError'));
  }, timeoutMs);
  response.once('close', () => {
    clearTimeout(timer);
    if (!response.writableFinished)
      controller.abort(new DOMException('The caller has gone away', 'AbortError'));
  });
  return controller.signal;
}
