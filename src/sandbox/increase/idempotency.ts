import { createHash } from 'node:crypto';
import { z } from 'zod';
import { sandboxIncrease } from '../seeds.ts';

export const UsedKey = z.object({ key: z.string(), fingerprint: z.string(), resourceId: z.string() });
export type UsedKey = z.output<typeof UsedKey>;

/** What a session is created from. */
export interface CreateArguments {
  readonly program_id: string;
  readonly redirect_url: string;
  readonly entity_id?: string | undefined;
}

/** One value for the same operation with the same arguments. */
export function fingerprintOf(operation: string, args?: CreateArguments): string {
  const values = args && [args.program_id, args.redirect_url, args.entity_id ?? null];
  return createHash('sha256')
    .update(JSON.stringify([operation, values ?? null]))
    .digest('base64url');
}

export const createOperation = 'POST /entity_onboarding_sessions';

/** The keys of the seeded sessions, as if they had been created over the wire. */
export function seededKeys(): UsedKey[] {
  return sandboxIncrease.sessions.flatMap(({ id, programId, redirectUrl, entityId, idempotencyKey }) => {
    if (idempotencyKey === null) return [];
    const args = { program_id: programId, redirect_url: redirectUrl, entity_id: entityId ?? undefined };
    return [{ key: idempotencyKey, fingerprint: fingerprintOf(createOperation, args), resourceId: id }];
  });
}
