import type { Provider } from './provider.ts';

/** How a provider is, as far as this process has seen it. */
export interface ProviderHealth {
  readonly provider: Provider;
  /**
   * - `DEGRADED`: some of what it does is not asked for
   * - `THROTTLED`: it asked to be left alone
   * - `UNAVAILABLE`: it is not asked at all
   */
  readonly state: 'AVAILABLE' | 'DEGRADED' | 'THROTTLED' | 'UNAVAILABLE';
  /** Since when it is in this state; null: since this process started. */
  readonly since: Date | null;
  /** Until it is asked again; null where that is not known, or nothing keeps it from being asked. */
  readonly retryAfterSeconds: number | null;
}

/** How all of them are, from memory: it asks nobody. */
export type ProvidersHealth = () => readonly ProviderHealth[];
