import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { sandboxIncrease } from '../seeds.ts';
import type { SavedState } from '../state-file.ts';
import { Entity, seededEntities } from './entity.ts';
import type { Structure } from './structure.ts';
import { FormLinks, SavedLink } from './form-links.ts';
import { type CreateArguments, seededKeys, UsedKey } from './idempotency.ts';
import { Ledger } from './ledger.ts';
import { seededSessions, Session, sessionLifeMs } from './session.ts';

const Saved = z.object({
  /** Of the first process that kept something here; files of before it was kept have none. */
  firstStart: z.number().optional(),
  sessions: z.array(Session),
  entities: z.array(Entity),
  keys: z.array(UsedKey),
  links: z.array(SavedLink),
});
type Saved = z.output<typeof Saved>;

const seedIds: ReadonlySet<string> = new Set(
  [...sandboxIncrease.sessions, ...sandboxIncrease.entities].map(({ id }) => id),
);
const isOwn = (id: string): boolean => !seedIds.has(id);

/** Everything that Increase's sandbox holds, and the only place that changes it. */
export class IncreaseState {
  readonly #saved: SavedState;
  sessions!: Ledger<Session>;
  entities!: Ledger<Entity>;
  links!: FormLinks;
  #keys!: Map<string, UsedKey>;
  #firstStart!: number;

  constructor(saved: SavedState) {
    this.#saved = saved;
    const { data } = Saved.safeParse(saved.read());
    this.#begin(data ?? { sessions: [], entities: [], keys: [], links: [] });
    if (data !== undefined) this.save();
  }

  create(args: CreateArguments, idempotencyKey: string | null): Session {
    const createdAt = this.sessions.nextCreatedAt();
    const session: Session = {
      id: `entity_onboarding_session_${randomId()}`,
      programId: args.program_id,
      entityId: args.entity_id ?? null,
      redirectUrl: args.redirect_url,
      idempotencyKey,
      createdAt,
      expiresAt: createdAt + sessionLifeMs,
      isEnded: false,
    };
    this.sessions.add(session);
    this.links.of(session.id);
    return session;
  }

  /** Ends the session as a submitted form does; one that was not opened for an entity creates its own. */
  submit(session: Session, structure: Structure): void {
    session.isEnded = true;
    session.entityId ??= this.#createEntity(session.id, structure);
  }

  #createEntity(creatingSessionId: string, structure: Structure): string {
    const id = `entity_${randomId()}`;
    const createdAt = this.entities.nextCreatedAt();
    this.entities.add({ id, structure, validationStatus: 'pending', creatingSessionId, createdAt });
    return id;
  }

  usedKey(key: string): UsedKey | undefined {
    return this.#keys.get(key);
  }

  useKey(used: UsedKey): void {
    this.#keys.set(used.key, used);
  }

  reset(): void {
    this.#begin({ sessions: [], entities: [], keys: [], links: [] });
    this.save();
  }

  save(): void {
    this.#saved.write((): Saved => ({
      firstStart: this.#firstStart,
      sessions: this.sessions.all().filter(({ id }) => isOwn(id)),
      entities: this.entities.all().filter(({ id }) => isOwn(id)),
      // A seeded session starts anew, and with it what was done to it under a key.
      keys: [...this.#keys.values()].filter(({ resourceId }) => isOwn(resourceId)),
      links: this.links.saved().filter(({ sessionId }) => isOwn(sessionId)),
    }));
  }

  #begin({ firstStart, sessions, entities, keys, links }: Saved): void {
    const now = Date.now();
    this.#firstStart = Math.min(firstStart ?? now, now);
    this.sessions = new Ledger([
      ...seededSessions(this.#firstStart, now),
      ...sessions.filter(({ id }) => isOwn(id)),
    ]);
    this.entities = new Ledger([
      ...seededEntities(this.#firstStart),
      ...entities.filter(({ id }) => isOwn(id)),
    ]);
    this.#keys = new Map([...keys, ...seededKeys()].map((used) => [used.key, used]));
    this.links = new FormLinks();
    for (const link of links) this.links.restore(link);
    for (const { id } of sessions) this.links.of(id);
  }
}

function randomId(): string {
  return BigInt(`0x${randomBytes(13).toString('hex')}`)
    .toString(36)
    .padStart(20, '0')
    .slice(-20);
}
