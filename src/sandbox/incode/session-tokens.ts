import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

const lifeMs = 90 * 24 * 60 * 60 * 1000;

export const SavedToken = z.object({ hash: z.string(), interviewId: z.string(), expiresAt: z.number() });
export type SavedToken = z.output<typeof SavedToken>;

/** The session tokens that are out. Only their hashes are kept. */
export class SessionTokens {
  readonly #tokens = new Map<string, SavedToken>();

  /** A new token for a session, valid for 90 days; the earlier ones stay valid. */
  issue(interviewId: string): string {
    const token = randomBytes(32).toString('base64url');
    this.accept(token, interviewId);
    return token;
  }

  accept(token: string, interviewId: string): void {
    this.restore({ hash: hashOf(token), interviewId, expiresAt: Date.now() + lifeMs });
  }

  restore(token: SavedToken): void {
    this.#tokens.set(token.hash, token);
  }

  /** The session that a token opens; undefined when it is unknown or too old. */
  interviewIdOf(token: string): string | undefined {
    const known = this.#tokens.get(hashOf(token));
    return known !== undefined && known.expiresAt > Date.now() ? known.interviewId : undefined;
  }

  saved(): SavedToken[] {
    return [...this.#tokens.values()].filter((token) => token.expiresAt > Date.now());
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
