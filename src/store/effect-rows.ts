import { deserialize, serialize } from 'node:v8';

import type { Effect, EffectName } from '../onboarding/effect.ts';
import type { Tables } from './engines/tables.ts';
import type { Encryption } from './secrets/encryption.ts';
import { placeOf } from './secrets/secret-columns.ts';

/** A row of `effect`, and whether the process that carries it out is no longer alive. */
export type EffectRow = Tables['effect'] & { readonly is_abandoned: number | boolean };

/** What goes into an encrypted column; null for what is undefined. Requests and results hold credentials and personal data. */
export function sealed(
  secrets: Encryption,
  value: unknown,
  what: 'request' | 'result',
  name: EffectName,
): string | null {
  if (value === undefined) return null;
  // v8's format keeps dates as they are.
  return secrets.encrypt(serialize(value).toString('base64'), placeOf(what, name));
}

/** The effect in a row. @throws {UndecryptableSecret} */
export function toEffect(secrets: Encryption, row: EffectRow): Effect {
  return {
    operation: row.operation,
    caller: row.caller,
    key: row.key,
    state: row.state,
    fingerprint: row.fingerprint,
    attempt: row.attempt,
    request: unsealed(secrets, row.request_encrypted, 'request', row),
    result: unsealed(secrets, row.result_encrypted, 'result', row),
    isAbandoned: Boolean(row.is_abandoned),
  };
}

/** Without what cannot be decrypted: one such must not keep the others from being taken over. */
export function toReadableEffect(secrets: Encryption, row: EffectRow): Effect {
  try {
    return toEffect(secrets, row);
  } catch {
    return toEffect(secrets, { ...row, request_encrypted: null, result_encrypted: null });
  }
}

function unsealed(secrets: Encryption, column: string | null, what: string, name: EffectName): unknown {
  if (column === null) return undefined;
  return deserialize(Buffer.from(secrets.decrypt(column, placeOf(what, name)), 'base64'));
}
