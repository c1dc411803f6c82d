import type { EntityOnboardingSession } from '../../onboarding/entity-onboarding-session.ts';
import { MAX_PAGE_SIZE, type Page, type PageRequest } from '../../onboarding/page.ts';
import type { Call } from '../../onboarding/provider.ts';
import type { Services } from '../services.ts';

/**
 * One customer's sessions at Increase, which does not know whose a session is: they are found by our links, and each is read
 * by itself, once, however many lists of one operation it is in; until a mutation changes one.
 */
export class OwnSessions {
  readonly #customerId: string;
  readonly #services: Pick<Services, 'links' | 'entityOnboardingSessions'>;
  readonly #read = new Map<string, Promise<EntityOnboardingSession | null>>();
  #entityIds: Promise<ReadonlySet<string | null>> | undefined;

  constructor(customerId: string, services: Pick<Services, 'links' | 'entityOnboardingSessions'>) {
    this.#customerId = customerId;
    this.#services = services;
  }

  async has(id: string): Promise<boolean> {
    return (await this.#services.links.among([id], this.#customerId)).has(id);
  }

  /** Newest first. A page holds fewer where Increase no longer knows a session. */
  async list(page: PageRequest, call: Call): Promise<Page<EntityOnboardingSession>> {
    const { items, nextCursor } = await this.#services.links.list(page, this.#customerId);
    const sessions = await Promise.all(items.map((id) => this.#session(id, call)));
    return { items: sessions.filter((session) => session !== null), nextCursor };
  }

  /** The Entities of the customer's newest sessions, which is as many as one is likely ever to have. */
  entityIds(call: Call): Promise<ReadonlySet<string | null>> {
    this.#entityIds ??= this.list({ cursor: null, limit: MAX_PAGE_SIZE }, call).then(
      ({ items }) => new Set(items.map(({ entityId }) => entityId)),
    );
    return this.#entityIds;
  }

  forgetWhatWasRead(): void {
    this.#read.clear();
    this.#entityIds = undefined;
  }

  #session(id: string, call: Call): Promise<EntityOnboardingSession | null> {
    const session = this.#read.get(id) ?? this.#services.entityOnboardingSessions.get(id, call);
    this.#read.set(id, session);
    return session;
  }
}
