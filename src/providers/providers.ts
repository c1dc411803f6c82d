import type { ProxySettings } from '../http/tunnels.ts';
import type { HttpObserver } from '../http/observer.ts';
import type { Policy } from '../http/policies/policy.ts';
import type { Messaging } from '../onboarding/customer-onboard.ts';
import type { Entities } from '../onboarding/entity.ts';
import type { EntityOnboardingSessions } from '../onboarding/entity-onboarding-session.ts';
import type { IdentityChecks } from '../onboarding/onboarding-session.ts';
import type { Programs } from '../onboarding/program.ts';
import type { ProvidersHealth } from '../onboarding/provider-health.ts';
import type { Provider } from '../onboarding/provider.ts';
import type { Probe } from './api.ts';
import type { DriftObserver } from './drift.ts';
import { incodeApi } from './incode/api.ts';
import { incodeIdentityChecks } from './incode/identity-checks.ts';
import { increaseApi } from './increase/api.ts';
import { increaseEntities } from './increase/entities.ts';
import { increaseEntityOnboardingSessions } from './increase/entity-onboarding-sessions.ts';
import { increasePrograms } from './increase/programs.ts';
import { maySimulate } from './increase/simulations.ts';
import { relayApi } from './relay/api.ts';
import { relayMessaging } from './relay/messaging.ts';

/** Where a provider is, how we identify ourselves to it, and how it is dealt with. */
export interface Endpoint {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Where it differs from the default. */
  readonly policy?: Partial<Policy>;
  readonly proxy?: ProxySettings | null;
}

interface ProvidersOptions {
  readonly incode: Endpoint;
  readonly increase: Endpoint;
  readonly relay: Endpoint;
  readonly isProduction: boolean;
  readonly observer: (provider: Provider) => HttpObserver & DriftObserver;
  /** Given what tells how a provider is. */
  readonly onProbe?: (provider: Provider, probe: Probe) => void;
  /** Of a hosted onboarding session. */
  readonly onUnusableUrl?: (sessionId: string) => void;
}

/** The three providers behind the domain's ports. */
export interface Providers {
  readonly identityChecks: IdentityChecks;
  readonly entityOnboardingSessions: EntityOnboardingSessions;
  readonly entities: Entities;
  readonly programs: Programs;
  readonly messaging: Messaging;
  readonly providersHealth: ProvidersHealth;
  close(): Promise<void>;
}

export function providerPorts({
  incode,
  increase,
  relay,
  isProduction,
  observer,
  onProbe,
  onUnusableUrl,
}: ProvidersOptions): Providers {
  const options = (provider: Provider, endpoint: Endpoint) => ({
    ...endpoint,
    observer: observer(provider),
  });
  const apis = {
    incode: incodeApi(options('INCODE', incode)),
    increase: increaseApi(options('INCREASE', increase)),
    relay: relayApi(options('RELAY', relay)),
  };
  onProbe?.('INCODE', apis.incode);
  onProbe?.('INCREASE', apis.increase);
  onProbe?.('RELAY', apis.relay);
  const simulations = maySimulate(increase.baseUrl, { isProduction });
  return {
    identityChecks: incodeIdentityChecks(apis.incode),
    entityOnboardingSessions: increaseEntityOnboardingSessions(apis.increase, { simulations, onUnusableUrl }),
    entities: increaseEntities(apis.increase),
    programs: increasePrograms(apis.increase),
    messaging: relayMessaging(apis.relay),
    providersHealth: () => [
      { provider: 'INCODE', ...apis.incode.condition() },
      { provider: 'INCREASE', ...apis.increase.condition() },
      { provider: 'RELAY', ...apis.relay.condition() },
    ],
    async close() {
      await Promise.all(Object.values(apis).map((api) => api.close()));
    },
  };
}
