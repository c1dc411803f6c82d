import { NoAnswer } from '../no-answer.ts';
import { Circuit, type CircuitState, type Passage } from './circuit.ts';
import type { Verdict } from './evidence.ts';
import type { Policy } from './policy.ts';
import { Throttle } from './throttle.ts';

/** How the other side is, for whoever asks. */
export interface Condition {
  /**
   * - `DEGRADED`: some routes are not asked
   * - `THROTTLED`: it asked to be left alone
   * - `UNAVAILABLE`: it is not asked at all
   */
  readonly state: 'AVAILABLE' | 'DEGRADED' | 'THROTTLED' | 'UNAVAILABLE';
  /** Since when it is in this state; null: since the start. */
  readonly since: Date | null;
  readonly retryAfterSeconds: number | null;
}

/** What is told of a change, once for each. */
export interface HealthObserver {
  /** @param route null: the provider as a whole */
  circuit?(route: string | null, state: CircuitState): void;
  throttled?(forMs: number): void;
}

/** How a call ended: for its route, and for the other side as a whole. */
export interface CallVerdict {
  readonly route: Verdict;
  readonly provider: Verdict;
}

/**
 * Whether the other side may be asked: a circuit for each route, one for all of it, and a throttle.
 * What speaks against all of it: that no connection could be had, and that most of its routes are broken.
 */
export class Health {
  readonly #policy: Policy;
  readonly #observer: HealthObserver;
  readonly #routes = new Map<string, Circuit>();
  readonly #provider: Circuit;
  readonly #throttle: Throttle;
  #told: Condition['state'] = 'AVAILABLE';
  #since: Date | null = null;

  constructor(policy: Policy, observer: HealthObserver = {}) {
    this.#policy = policy;
    this.#observer = observer;
    this.#provider = this.#circuit(null);
    this.#throttle = new Throttle({
      defaultMs: policy.throttleMs,
      onChange: (forMs) => {
        this.#note();
        observer.throttled?.(forMs);
      },
    });
  }

  /** Lets a call of a route through. @throws {NoAnswer} CIRCUIT_OPEN or THROTTLED; nothing was sent */
  enter(route: string): { end(verdict: CallVerdict, subject?: string): void } {
    const { leftMs } = this.#throttle;
    if (leftMs > 0) throw new NoAnswer('THROTTLED', { sent: false, retryAfterMs: leftMs });
    const whole = this.#provider.enter();
    if (!whole) throw refused(this.#provider);
    const circuit = this.#circuitOf(route);
    const part = circuit.enter();
    if (part) return both(whole, part, this.#provider.state === 'HALF_OPEN');
    whole.end('NONE');
    throw refused(circuit);
  }

  /** It answered 429. @param seconds as it said; null where it did not */
  throttle(seconds: number | null): void {
    this.#throttle.begin(seconds);
  }

  get throttledForMs(): number {
    return this.#throttle.leftMs;
  }

  condition(): Condition {
    const state = this.#note();
    const leftMs = state === 'THROTTLED' ? this.#throttle.leftMs : this.#provider.refusesForMs;
    return {
      state,
      since: this.#since,
      retryAfterSeconds: leftMs > 0 ? Math.ceil(leftMs / 1_000) : null,
    };
  }

  /** A throttle ends by time alone, so that the state is looked at whenever it is asked for. */
  #note(): Condition['state'] {
    const state = this.#state();
    if (state !== this.#told) this.#since = new Date();
    this.#told = state;
    return state;
  }

  #state(): Condition['state'] {
    if (this.#provider.state !== 'CLOSED') return 'UNAVAILABLE';
    if (this.#throttle.leftMs > 0) return 'THROTTLED';
    return this.#openRoutes() > 0 ? 'DEGRADED' : 'AVAILABLE';
  }

  #openRoutes(): number {
    return [...this.#routes.values()].filter(({ state }) => state !== 'CLOSED').length;
  }

  #circuitOf(route: string): Circuit {
    const known = this.#routes.get(route);
    if (known) return known;
    const circuit = this.#circuit(route);
    this.#routes.set(route, circuit);
    return circuit;
  }

  #circuit(route: string | null): Circuit {
    return new Circuit({
      ...this.#policy.circuit,
      onChange: (state) => {
        const open = this.#openRoutes();
        const areMost = route !== null && state === 'OPEN' && open > 1 && open * 2 > this.#routes.size;
        if (areMost && this.#provider.state === 'CLOSED') this.#provider.open();
        this.#note();
        this.#observer.circuit?.(route, state);
      },
    });
  }
}

function both(whole: Passage, part: Passage, isProbe: boolean) {
  return {
    end(verdict: CallVerdict, subject?: string) {
      // Whatever it was held for broken for: one call that succeeds is the proof that it is not.
      whole.end(isProbe ? verdict.route : verdict.provider);
      part.end(verdict.route, subject);
    },
  };
}

function refused({ refusesForMs }: Circuit): NoAnswer {
  return new NoAnswer('CIRCUIT_OPEN', { sent: false, retryAfterMs: refusesForMs });
}
