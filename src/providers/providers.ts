import type { AttemptReport } from '../http/http-client.ts';
import type { Messaging } from '../onboarding/customer-onboard.ts';
import type { Entities } from '../onboarding/entity.ts';
import type { EntityOnboardingSessions } from '../onboarding/entity-onboarding-session.ts';
import type { IdentityChecks } from '../onboarding/onboarding-session.ts';
import type { Programs } from '../onboarding/program.ts';
import type { Provider } from '../onboarding/provider.ts';
import { incodeApi } from './incode/api.ts';
import { incodeIdentityChecks } from './incode/identity-checks.ts';
import { increaseApi } from './increase/api.ts';
import { increaseEntities } from './increase/entities.ts';
import { increaseEntityOnboardingSessions } from './increase/entity-onboarding-sessions.ts';
import { increasePrograms } from './increase/programs.ts';
import { maySimulate } from './increase/simulations.ts';
import { relayApi } from './relay/api.ts';
import { relayMessaging } from './relay/messaging.ts';

/** Where a provider is, and how we identify ourselves to it. */
export interface Endpoint {
  readonly baseUrl: string;
  readonly apiKey: string;
}

interface ProvidersOptions {
  readonly incode: Endpoint;
  readonly increase: Endpoint;
  readonly relay: Endpoint;
  /** For one attempt. */
  readonly timeoutMs: number;
  readonly isProduction: boolean;
  readonly onAttempt: (provider: Provider, report: AttemptReport) => void;
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
  close(): Promise<void>;
}

export function providerPorts({
  incode,
  increase,
  relay,
  timeoutMs,
  isProduction,
  onAttempt,
  onUnusableUrl,
}: ProvidersOptions): Providers {
  const options = (provider: Provider, endpoint: Endpoint) => ({
    ...endpoint,
    timeoutMs,
    onAttempt: (report: AttemptReport) => onAttempt(provider, report),
  });
  const apis = {
    incode: incodeApi(options('INCODE', incode)),
    increase: increaseApi(options('INCREASE', increase)),
    relay: relayApi(options('RELAY', relay)),
  };
  const simulations = maySimulate(increase.baseUrl, { isProduction });
  return {
    identityChecks: incodeIdentityChecks(apis.incode),
    entityOnboardingSessions: increaseEntityOnboardingSessions(apis.increase, { simulations, onUnusableUrl }),
    entities: increaseEntities(apis.increase),
    programs: increasePrograms(apis.increase),
    messaging: relayMessaging(apis.relay),
    async close() {
      await Promise.all(Object.values(apis).map((api) => api.close()));
    },
  };
}
