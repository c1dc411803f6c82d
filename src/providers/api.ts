import type { Load } from '../http/calls.ts';
import type { HttpClientOptions } from '../http/http-client.ts';
import type { HttpObserver } from '../http/observer.ts';
import type { Condition } from '../http/policies/health.ts';
import type { DriftObserver } from './drift.ts';

/** What a provider's client is made with. */
export interface ApiOptions extends HttpClientOptions {
  readonly observer?: HttpObserver & DriftObserver;
}

/** How a provider is, from memory. */
export interface Probe {
  load(): Load;
  condition(): Condition;
}
