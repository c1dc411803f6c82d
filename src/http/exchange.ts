import { errors, type Dispatcher } from 'undici';

import { decompressed } from './content-encoding.ts';
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
  options: ExchangeOptions,
): Promise<Answer> {
  if (options.signal.aborted) return Promise.reject(new NoAnswer('CANCELLED', { sent: false }));
  const handler = new Exchange(options);
  dispatcher.dispatch({ ...request, headersTimeout: 0, bodyTimeout: 0 }, handler);
  return handler.answer;
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #settled = Promise.withResolvers<Answer>();
  readonly #options: ExchangeOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #isSettled = false;
  #status = 0;
  #headers: Answer['headers'] = {};
  #size = 0;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.#timer = setTimeout(() => this.#fail('TIMEOUT'), options.timeoutMs);
    options.signal.addEventListener('abort', this.#onAbort);
  }

  get answer(): Promise<Answer> {
    return this.#settled.promise;
  }

  onRequestStart(started: Dispatcher.DispatchController): void {
    // It waited in the pool's queue for longer than its caller did: it must not go out any more.
    if (this.#isSettled) return started.abort(new NoAnswer('CANCELLED', { sent: false }));
    const isSentAgain = this.#controller !== null;
    this.#controller = started;
    // undici would, in some cases that it holds for harmless. Whether to send again is decided in one place, and not here.
    if (isSentAgain) this.#fail('CONNECTION', new Error('The connection was lost before the answer'));
  }

  onResponseStart(_controller: unknown, status: number, headers: Answer['headers']): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#options.maxBytes) this.#fail('TOO_LARGE');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#settle()) this.#settled.resolve(this.#read());
  }

  onResponseError(_controller: unknown, error: Error): void {
    // Refused by undici itself, such as a header that cannot be sent: our bug, and nothing went out.
    if (!(error instanceof errors.InvalidArgumentError)) this.#fail('CONNECTION', withoutData(error));
    else if (this.#settle()) this.#settled.reject(error);
  }

  async #read(): Promise<Answer> {
    const { 'content-encoding': encoding } = this.#headers;
    const body = await decompressed(Buffer.concat(this.#chunks), encoding, this.#options.maxBytes).catch(
      (cause: unknown) => {
        throw new NoAnswer('TOO_LARGE', { sent: true, cause });
      },
    );
    return { status: this.#status, headers: this.#headers, body: body.toString('utf8') };
  }

  readonly #onAbort = (): void => {
    if (this.#controller === null || this.#options.cancelSent) this.#fail('CANCELLED');
  };

  #fail(reason: NoAnswer['reason'], cause?: unknown): void {
    if (!this.#settle()) return;
    const error = new NoAnswer(reason, { sent: this.#controller !== null, cause });
    this.#settled.reject(error);
    this.#controller?.abort(error);
  }

  /** Whether this is how it ends: the first end counts. */
  #settle(): boolean {
    if (this.#isSettled) return false;
    this.#isSettled = true;
    clearTimeout(this.#timer);
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    return true;
  }
}

/** undici's errors can hold what the other side sent. */
function withoutData({ name, message, ...fields }: Error): Error {
  return Object.assign(new Error(message), { name, ...('code' in fields && { code: fields.code }) });
}
