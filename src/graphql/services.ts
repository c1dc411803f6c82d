import { completeOnboardingSession } from '../onboarding/complete-onboarding-session.ts';
import { createEntityOnboardingSession } from '../onboarding/create-entity-onboarding-session.ts';
import type { CustomerOnboard, CustomerOnboardStore, Messaging } from '../onboarding/customer-onboard.ts';
import type { Customer } from '../onboarding/customer.ts';
import type { Effects } from '../onboarding/effects.ts';
import { endEntityOnboardingSession } from '../onboarding/end-entity-onboarding-session.ts';
import type {
  CustomerEntitySessionLinks,
  EntityOnboardingSession,
  EntityOnboardingSessions,
} from '../onboarding/entity-onboarding-session.ts';
import type { Entities } from '../onboarding/entity.ts';
import type { InFlight } from '../onboarding/in-flight.ts';
import { checkedCustomerId } from '../onboarding/input-rules.ts';
import { onboardCustomer } from '../onboarding/onboard-customer.ts';
import type {
  IdentityChecks,
  OnboardingSession,
  OnboardingSessionStore,
} from '../onboarding/onboarding-session.ts';
import type { Operation } from '../onboarding/operation.ts';
import type { ProvidersHealth } from '../onboarding/provider-health.ts';
import type { Programs } from '../onboarding/program.ts';
import { startOnboardingSession, type StartedSession } from '../onboarding/start-onboarding-session.ts';
import type { UseCase } from '../onboarding/use-case.ts';
import { cursorsOf } from './connections/cursor.ts';

/** The domain's ports, and what the domain is configured with. */
export interface Ports {
  readonly identityChecks: IdentityChecks;
  readonly entityOnboardingSessions: EntityOnboardingSessions;
  readonly entities: Entities;
  readonly programs: Programs;
  readonly messaging: Messaging;
  readonly providersHealth: ProvidersHealth;
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

/** All that resolvers call, and no more of a port than they call: a caller may be confined to a part of each. */
export interface Services {
  readonly cursors: ReturnType<typeof cursorsOf>;
  /** A customer is whoever a caller's own system knows by this id. @throws {BadUserInput} */
  readonly customer: (id: unknown) => Customer;
  readonly providersHealth: ProvidersHealth;
  readonly identityChecks: Pick<IdentityChecks, 'status' | 'score'>;
  readonly onboardingSessions: Pick<OnboardingSessionStore, 'getMany' | 'tokens' | 'list'>;
  readonly entityOnboardingSessions: Pick<EntityOnboardingSessions, 'get' | 'list'>;
  readonly entities: Pick<Entities, 'get'>;
  readonly programs: Pick<Programs, 'get'>;
  readonly links: Pick<CustomerEntitySessionLinks, 'list' | 'among'>;
  /** Told of a session that is linked to a customer and that Increase does not know. */
  readonly onDeadLink: (sessionId: string) => void;
  readonly customerOnboards: Pick<CustomerOnboardStore, 'getMany' | 'list'>;
  readonly startOnboardingSession: UseCase<StartedSession>['run'];
  readonly completeOnboardingSession: UseCase<OnboardingSession>['run'];
  readonly createEntityOnboardingSession: UseCase<EntityOnboardingSession>['run'];
  readonly expireEntityOnboardingSession: UseCase<EntityOnboardingSession>['run'];
  readonly submitEntityOnboardingSession: UseCase<EntityOnboardingSession>['run'];
  readonly onboardCustomer: UseCase<CustomerOnboard>['run'];
}

/** What the process makes once: the services, and what mutations do, for whoever takes them over. */
export interface AllServices extends Services {
  readonly operations: readonly Operation<never, unknown>[];
}

export function servicesOf(ports: Ports): AllServices {
  const useCases = useCasesOf(ports);
  const tracked = <T>({ run }: UseCase<T>) => ports.inFlight.track(run);
  return {
    cursors: cursorsOf(ports.cursorKeys),
    customer: (id) => ({ id: checkedCustomerId(id) }),
    providersHealth: ports.providersHealth,
    identityChecks: ports.identityChecks,
    onboardingSessions: ports.onboardingSessions,
    entityOnboardingSessions: ports.entityOnboardingSessions,
    entities: ports.entities,
    programs: ports.programs,
    links: ports.links,
    onDeadLink: ports.onDeadLink,
    customerOnboards: ports.customerOnboards,
    startOnboardingSession: tracked(useCases.startOnboardingSession),
    completeOnboardingSession: tracked(useCases.completeOnboardingSession),
    createEntityOnboardingSession: tracked(useCases.createEntityOnboardingSession),
    expireEntityOnboardingSession: tracked(useCases.expireEntityOnboardingSession),
    submitEntityOnboardingSession: tracked(useCases.submitEntityOnboardingSession),
    onboardCustomer: tracked(useCases.onboardCustomer),
    operations: Object.values(useCases).flatMap(({ operations }): AllServices['operations'] => operations),
  };
}

function useCasesOf(ports: Ports) {
  const { onboardingSessions: sessions } = ports;
  return {
    startOnboardingSession: startOnboardingSession({ ...ports, sessions }),
    completeOnboardingSession: completeOnboardingSession({ ...ports, sessions }),
    createEntityOnboardingSession: createEntityOnboardingSession(ports),
    expireEntityOnboardingSession: endEntityOnboardingSession('expire', ports),
    submitEntityOnboardingSession: endEntityOnboardingSession('submit', ports),
    onboardCustomer: onboardCustomer(ports),
  };
}
