import type { Requester } from '../http/calls.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { HttpObserver } from '../http/observer.ts';
import type { Path } from '../http/path.ts';
import type { Call, Provider } from '../onboarding/provider.ts';
import { leaving } from './answer.ts';

/** A read, and all that makes it equal to another. Of one path, all read the same schema. */
export interface Read {
  readonly to: Path;
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** What it is asked with, where that is not the same for all of them. Kept in memory, while it is under way. */
  readonly credential?: string;
}

interface SharedReadsOptions {
  readonly provider: Provider;
  readonly client: Pick<HttpClient, 'routeOf'>;
  readonly observer: HttpObserver | undefined;
}

/**
 * The reads that are under way at one provider. One that is equal to one of them, for a caller who may see the same, is
 * answered by that; its result is shared, and not to be changed. Writes do not belong here.
 */
export class SharedReads {
  readonly #options: SharedReadsOptions;
  readonly #underWay = new Map<string, SharedRead>();

  constructor(options: SharedReadsOptions) {
    this.#options = options;
  }

  /**
   * What `ask` ends in. It goes on while anybody waits for it; whoever leaves hears at once what he would have alone.
   * @param ask is called for the first of equal ones, and ends when its signal is aborted
   */
  read<T>(read: Read, call: Call, ask: (requester: Requester) => Promise<T>): Promise<T> {
    if (call.access === undefined || call.signal.aborted) return ask(call);
    const key = keyOf(read, call.access);
    const known = this.#underWay.get(key);
    const { provider, client, observer } = this.#options;
    if (known) {
      observer?.deduplicated?.(client.routeOf({ method: 'GET', to: read.to }));
      return known.join(call) as Promise<T>;
    }
    const begun = new SharedRead(provider, call.signal, () => {
      if (this.#underWay.get(key) === begun) this.#underWay.delete(key);
    });
    this.#underWay.set(key, begun);
    const answer = begun.join(call) as Promise<T>;
    begun.follow(ask(begun));
    return answer;
  }

  /** After a write, whatever became of it, nobody joins a read that was asked before: it may tell how things were. */
  async outdatedBy<T>(write: Promise<T>): Promise<T> {
    try {
      return await write;
    } finally {
      this.#underWay.clear();
    }
  }
}

/** No part of it can be taken for another. */
function keyOf({ to, query, credential }: Read, access: string): string {
  return JSON.stringify([to.path, query, credential, access]);
}

/** A read for one or more operations. It takes the turn of the one that began it. */
class SharedRead implements Requester {
  readonly operation: object;
  readonly #provider: Provider;
  readonly #onEnd: () => void;
  readonly #controller = new AbortController();
  readonly #waiting = new Set<Waiting>();

  constructor(provider: Provider, operation: object, onEnd: () => void) {
    this.#provider = provider;
    this.operation = operation;
    this.#onEnd = onEnd;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The latest of those who wait. */
  get deadlineAt(): number {
    let latest = -Infinity;
    for (const { call } of this.#waiting) latest = Math.max(latest, call.deadlineAt ?? Infinity);
    return latest;
  }

  join(call: Call): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const waiting: Waiting = { call, resolve, reject, leave: () => this.#leave(waiting) };
    this.#waiting.add(waiting);
    call.signal.addEventListener('abort', waiting.leave);
    return promise;
  }

  /** Tells how it ends to whoever waits then. */
  follow(answer: Promise<unknown>): void {
    answer.then(
      (value) => this.#end(({ resolve }) => resolve(value)),
      (error: unknown) => this.#end(({ reject }) => reject(error)),
    );
  }

  #end(tell: (waiting: Waiting) => void): void {
    this.#onEnd();
    for (const waiting of this.#waiting) {
      waiting.call.signal.removeEventListener('abort', waiting.leave);
      tell(waiting);
    }
  }

  #leave(waiting: Waiting): void {
    if (this.#waiting.size === 1) {
      // For the last it ends as if he had been alone: the answer to that is his.
      this.#onEnd();
      this.#controller.abort(waiting.call.signal.reason);
      return;
    }
    this.#waiting.delete(waiting);
    waiting.call.signal.removeEventListener('abort', waiting.leave);
    waiting.reject(leaving(this.#provider, waiting.call));
  }
}

interface Waiting {
  readonly call: Call;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly leave: () => void;
}
