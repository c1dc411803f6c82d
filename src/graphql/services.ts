import { completeOnboardingSession } from '../onboarding/complete-onboarding-session.ts';
import { createEntityOnboardingSession } from '../onboarding/create-entity-onboarding-session.ts';
import type { CustomerOnboardStore, Messaging } from '../onboarding/customer-onboard.ts';
import type { Customer } from '../onboarding/customer.ts';
import type { Effects, Operation } from '../onboarding/effects.ts';
import { endEntityOnboardingSession } from '../onboarding/end-entity-onboarding-session.ts';
import type {
  CustomerEntitySessionLinks,
  EntityOnboardingSessions,
} from '../onboarding/entity-onboarding-session.ts';
import type { Entities } from '../onboarding/entity.ts';
import type { InFlight } from '../onboarding/in-flight.ts';
import { checkedCustomerId } from '../onboarding/input-rules.ts';
import { onboardCustomer } from '../onboarding/onboard-customer.ts';
import type { IdentityChecks, OnboardingSessionStore } from '../onboarding/onboarding-session.ts';
import type { Programs } from '../onboarding/program.ts';
import { startOnboardingSession } from '../onboarding/start-onboarding-session.ts';
import type { UseCase } from '../onboarding/use-case.ts';
import { cursorsOf } from './connections/cursor.ts';

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
  /** Told of a session that is linked to a customer and that Increase does not know. */
  readonly onDeadLink: (sessionId: string) => void;
  /** The Incode Flow of a caller who names none. */
  readonly configurationId: string | undefined;
  /** The Relay client of a caller who names none. */
  readonly clientId: string | undefined;
  readonly effects: Effects;
  readonly inFlight: InFlight;
  /** The first signs cursors, all verify. */
  readonly cursorKeys: readonly Buffer[];
}

/** All that resolvers call, made once for the process. */
export type Services = ReturnType<typeof servicesOf>;

export function servicesOf(ports: Ports) {
  const { onboardingSessions: sessions, inFlight } = ports;
  const useCases = {
    startOnboardingSession: startOnboardingSession({ ...ports, sessions }),
    completeOnboardingSession: completeOnboardingSession({ ...ports, sessions }),
    createEntityOnboardingSession: createEntityOnboardingSession(ports),
    expireEntityOnboardingSession: endEntityOnboardingSession('expire', ports),
    submitEntityOnboardingSession: endEntityOnboardingSession('submit', ports),
    onboardCustomer: onboardCustomer(ports),
  };
  const tracked = <T>({ run }: UseCase<T>) => inFlight.track(run);
  return {
    ...ports,
    cursors: cursorsOf(ports.cursorKeys),
    /** A customer is whoever a caller's own system knows by this id. @throws {BadUserInput} */
    customer: (id: unknown): Customer => ({ id: checkedCustomerId(id) }),
    operations: Object.values(useCases).flatMap(
      ({ operations }): readonly Operation<never, unknown>[] => operations,
    ),
    startOnboardingSession: tracked(useCases.startOnboardingSession),
    completeOnboardingSession: tracked(useCases.completeOnboardingSession),
    createEntityOnboardingSession: tracked(useCases.createEntityOnboardingSession),
    expireEntityOnboardingSession: tracked(useCases.expireEntityOnboardingSession),
    submitEntityOnboardingSession: tracked(useCases.submitEntityOnboardingSession),
    onboardCustomer: tracked(useCases.onboardCustomer),
  };
}
