import type { ServerResponse } from 'node:http';

import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { Logger } from 'pino';

import { errorBody } from './error-answer.ts';

export interface OverloadOptions {
  /** So many operations at the same time; 0: any number. */
  readonly maxInFlight: number;
  /** By which the event loop may be late, on average over a second; 0: by any time. */
  readonly maxEventLoopDelayMs: number;
}

/** After so long without a refusal it is over. */
const OVER_AFTER_MS = 2_000;
const RETRY_AFTER_SECONDS = 1;

/**
 * Keeps what is under way from being taken down by what comes after it: while there is too much of it, or the event loop
 * lags, new operations are answered 503 at once. None that has begun is cut off.
 */
export class Overload {
  readonly #options: OverloadOptions;
  readonly #logger: Logger;
  #inFlight = 0;
  #refused = 0;
  #over: NodeJS.Timeout | undefined;
  #isLate = (): boolean => false;

  constructor(options: OverloadOptions, logger: Logger) {
    this.#options = options;
    this.#logger = logger;
  }

  /** Looks at the event loop, until the application is closed. */
  async watch(app: FastifyInstance): Promise<void> {
    app.addHook('onClose', () => clearTimeout(this.#over));
    await app.register(underPressure, {
      maxEventLoopDelay: this.#options.maxEventLoopDelayMs,
      pressureHandler: () => undefined, // it would refuse all routes of `app`: operations are refused by `admit`
    });
    this.#isLate = () => app.isUnderPressure();
  }

  /** Refuses new operations while there is too much to do. */
  readonly admit: onRequestHookHandler = (request, reply, done) => {
    const { maxInFlight } = this.#options;
    const isFull = maxInFlight !== 0 && this.#inFlight >= maxInFlight;
    if (!isFull && !this.#isLate()) done();
    else void reply.send(this.#refuse(request, reply, isFull ? 'MAX_IN_FLIGHT' : 'MAX_EVENT_LOOP_DELAY_MS'));
  };

  /**
   * Counts an operation in, until it has ended and its answer has left. What it has begun at a provider and goes on after
   * its caller has gone away is bounded there.
   */
  carryOut<T>(response: ServerResponse, work: () => Promise<T>): Promise<T> {
    this.#inFlight++;
    const result = work();
    void Promise.allSettled([result, closed(response)]).then(() => this.#inFlight--);
    return result;
  }

  /** The answer. One line in the log when it begins, and one when it is over: there is enough to do. */
  #refuse({ id }: FastifyRequest, reply: FastifyReply, reached: string) {
    this.#refused++;
    if (this.#over) this.#over.refresh();
    else {
      this.#logger.warn({ reached, inFlight: this.#inFlight }, 'Overloaded: new operations are answered 503');
      this.#over = setTimeout(() => this.#end(), OVER_AFTER_MS).unref();
    }
    void reply.code(503).header('retry-after', RETRY_AFTER_SECONDS).type('application/json; charset=utf-8');
    return errorBody(MESSAGE, 'INTERNAL_SERVER_ERROR', id);
  }

  #end(): void {
    this.#logger.info({ refused: this.#refused }, 'No longer overloaded');
    this.#over = undefined;
    this.#refused = 0;
  }
}

const MESSAGE = `There is too much to do right now, so nothing of this was carried out. Send it again in ${RETRY_AFTER_SECONDS} s.`;

/** When an answer has left, or will not any more. */
function closed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.closed) resolve();
    else response.once('close', resolve);
  });
}
