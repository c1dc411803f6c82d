import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { sandboxIncode } from '../seeds.ts';
import type { SavedState } from '../state-file.ts';
import { IncodeSession, judge, statusAfter } from './incode-session.ts';
import { SavedToken, SessionTokens } from './session-tokens.ts';

const Saved = z.object({ sessions: z.array(IncodeSession), tokens: z.array(SavedToken) });

const seedIds: ReadonlySet<string> = new Set(sandboxIncode.sessions.map(({ interviewId }) => interviewId));

/** Every session of the sandbox, with the tokens that open them. */
export class IncodeSessions {
  readonly #saved: SavedState;
  #sessions = new Map<string, IncodeSession>();
  #tokens = new SessionTokens();

  constructor(saved: SavedState) {
    this.#saved = saved;
    const { data } = Saved.safeParse(saved.read());
    for (const session of data?.sessions ?? []) this.#sessions.set(session.interviewId, session);
    for (const token of data?.tokens ?? []) this.#tokens.restore(token);
    // Last, so that a seed is new whatever the file says of it.
    this.#seed();
  }

  get(interviewId: string): IncodeSession | undefined {
    return this.#sessions.get(interviewId);
  }

  /** The session that a token opens. */
  openedBy(token: string): IncodeSession | undefined {
    const interviewId = this.#tokens.interviewIdOf(token);
    return interviewId === undefined ? undefined : this.#sessions.get(interviewId);
  }

  start(details: Pick<IncodeSession, 'configurationId' | 'externalCustomerId' | 'redirectionUrl'>) {
    const interviewId = randomBytes(12).toString('hex');
    const session: IncodeSession = { interviewId, ...details, status: 'UNKNOWN', score: null };
    this.#sessions.set(interviewId, session);
    return this.reopen(session);
  }

  reopen(session: IncodeSession): { session: IncodeSession; token: string } {
    const token = this.#tokens.issue(session.interviewId);
    this.#save();
    return { session, token };
  }

  /** The status as it is now; the person then goes on a little. */
  readStatus(session: IncodeSession): string {
    const { status } = session;
    session.status = statusAfter(status);
    if (session.status !== status) this.#save();
    return status;
  }

  finish(session: IncodeSession): void {
    session.status = 'ONBOARDING_FINISHED';
    session.score = judge(session);
    this.#save();
  }

  reset(): void {
    this.#sessions = new Map();
    this.#tokens = new SessionTokens();
    this.#seed();
    this.#save();
  }

  #seed(): void {
    for (const { token, ...seed } of sandboxIncode.sessions) {
      const { configurationId } = sandboxIncode;
      this.#sessions.set(seed.interviewId, { ...seed, configurationId, redirectionUrl: null });
      this.#tokens.accept(token, seed.interviewId);
    }
  }

  #save(): void {
    this.#saved.write(() => ({
      sessions: [...this.#sessions.values()].filter(({ interviewId }) => !seedIds.has(interviewId)),
      tokens: this.#tokens.saved(),
    }));
  }
}
