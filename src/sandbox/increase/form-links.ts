import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

export const SavedLink = z.object({ hash: z.string(), sessionId: z.string() });
export type SavedLink = z.output<typeof SavedLink>;

/**
 * The unguessable parts of the forms' addresses. Only hashes of them are saved: after a restart an address that is out
 * still works, and a session that is read shows a new one.
 */
export class FormLinks {
  readonly #sessionIds = new Map<string, string>();
  readonly #secrets = new Map<string, string>();

  /** The secret of a session: made once in the life of this process. */
  of(sessionId: string): string {
    const known = this.#secrets.get(sessionId);
    if (known !== undefined) return known;
    const secret = randomBytes(24).toString('base64url');
    this.#secrets.set(sessionId, secret);
    this.restore({ hash: hashOf(secret), sessionId });
    return secret;
  }

  restore({ hash, sessionId }: SavedLink): void {
    this.#sessionIds.set(hash, sessionId);
  }

  sessionIdOf(secret: string): string | undefined {
    return this.#sessionIds.get(hashOf(secret));
  }

  saved(): SavedLink[] {
    return Array.from(this.#sessionIds, ([hash, sessionId]) => ({ hash, sessionId }));
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
