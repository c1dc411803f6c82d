import { completeOnboardingSession } from '../onboarding/complete-onboarding-session.ts';
import { createEntityOnboardingSession } from '../onboarding/create-entity-onboarding-session.ts';
import type { CustomerOnboardStore, Messaging } from '../onboarding/customer-onboard.ts';
import { endEntityOnboardingSession } from '../onboarding/end-entity-onboarding-session.ts';
import type {
  CustomerEntitySessionLinks,
  EntityOnboardingSessions,
} from '../onboarding/entity-onboarding-session.ts';
import type { Entities } from '../onboarding/entity.ts';
import type { InFlight } from '../onboarding/in-flight.ts';
import { onboardCustomer } from '../onboarding/onboard-customer.ts';
import type { IdentityChecks, OnboardingSessionStore } from '../onboarding/onboarding-session.ts';
import type { Programs } from '../onboarding/program.ts';
import { startOnboardingSession } from '../onboarding/start-onboarding-session.ts';
import { cursorsOf } from './cursor.ts';

/** The domain's ports, and what the domain is configured with. */
export interface Ports {
  readonly identityChecks: IdentityChecks;
  readonly entityOnboardingSessions: EntityOnboardingSessions;
  readonly entities: Entities;
  readonly programs: Programs;
  readonly messaging: Messaging;
  readonly onboardingSessions: OnboardingSessionStore;
  readonly customerOnboards: CustomerOnboardStore;
  readonly links: CustomerEntitySessionLinks;
  /** The Incode Flow of a caller who names none. */
  readonly configurationId: string | undefined;
  /** The Relay client of a caller who names none. */
  readonly clientId: string | undefined;
  readonly inFlight: InFlight;
  /** The first signs cursors, all verify. */
  readonly cursorKeys: readonly Buffer[];
}

/** All that resolvers call, made once for the process. */
export type Services = ReturnType<typeof servicesOf>;

export function servicesOf(ports: Ports) {
  const { entityOnboardingSessions: hosted, onboardingSessions: sessions } = ports;
  const { track } = ports.inFlight;
  return {
    ...ports,
    cursors: cursorsOf(ports.cursorKeys),
    startOnboardingSession: track(startOnboardingSession({ ...ports, sessions })),
    completeOnboardingSession: track(completeOnboardingSession({ ...ports, sessions })),
    createEntityOnboardingSession: track(createEntityOnboardingSession(ports)),
    expireEntityOnboardingSession: track(endEntityOnboardingSession(hosted, 'expire')),
    submitEntityOnboardingSession: track(endEntityOnboardingSession(hosted, 'submit')),
    onboardCustomer: track(onboardCustomer(ports)),
  };
}
