import { errors, type Dispatcher } from 'undici';

import { NoAnswer } from './no-answer.ts';

/** An answer of any status, read to its end. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** One request as it goes out. `path` includes the query. */
export interface Outgoing {
  readonly origin: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

interface ExchangeOptions {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Ends the request: at once while it is unsent; once sent only where `cancelSent` allows it. */
  readonly signal: AbortSignal;
  readonly cancelSent: boolean;
}

/**
 * Sends one request once and reads its answer.
 * undici's `request` does not tell whether anything was written, so this is a handler of its `dispatch`, whose
 * `onRequestStart` comes right before the first byte.
 * @throws {NoAnswer}
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Outgoing,
  { timeoutMs, maxBytes, signal, cancelSent }: ExchangeOptions,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null;
    let settled = false;
    let status = 0;
    let headers: Answer['headers'] = {};
    let size = 0;
    const chunks: Buffer[] = [];

    const settle = (): boolean => {
      if (settled) return false;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      return true;
    };
    const fail = (reason: NoAnswer['reason'], cause?: unknown): void => {
      if (!settle()) return;
      const error = new NoAnswer(reason, { sent: controller !== null, cause });
      reject(error);
      controller?.abort(error);
    };
    const onAbort = (): void => {
      if (controller === null || cancelSent) fail('CANCELLED');
    };
    const timer = setTimeout(fail, timeoutMs, 'TIMEOUT');

    if (signal.aborted) return fail('CANCELLED');
    signal.addEventListener('abort', onAbort);

    dispatcher.dispatch(
      { ...request, headersTimeout: 0, bodyTimeout: 0 },
      {
        onRequestStart(started) {
          // It waited in the pool's queue for longer than its caller did: it must not go out any more.
          if (settled) return started.abort(new NoAnswer('CANCELLED', { sent: false }));
          const isSentAgain = controller !== null;
          controller = started;
          // undici would, in some cases that it holds for harmless. Whether to send again is decided in one place, and not here.
          if (isSentAgain) fail('CONNECTION', new Error('The connection was lost before the answer'));
        },
        onResponseStart(_controller, statusCode, answerHeaders) {
          status = statusCode;
          headers = answerHeaders;
        },
        onResponseData(_controller, chunk) {
          size += chunk.length;
          if (size > maxBytes) return fail('TOO_LARGE');
          chunks.push(chunk);
        },
        onResponseEnd() {
          if (settle()) resolve({ status, headers, body: Buffer.concat(chunks).toString('utf8') });
        },
        onResponseError(_controller, error) {
          // Refused by undici itself, such as a header that cannot be sent: our bug, and nothing went out.
          if (error instanceof errors.InvalidArgumentError) {
            if (settle()) reject(error);
          } else fail('CONNECTION', withoutData(error));
        },
      },
    );
  });
}

/** undici's errors can hold what the other side sent. */
function withoutData({ name, message, ...fields }: Error): Error {
  return Object.assign(new Error(message), { name, ...('code' in fields && { code: fields.code }) });
}
