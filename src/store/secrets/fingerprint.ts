import { createHmac } from 'node:crypto';

import { derivedKeys, keyIdOf } from './encryption.ts';

/** Tells texts from others without showing anything of them. */
export interface Fingerprints {
  /** Of a text: the first is written, the others are how older keys wrote it. */
  of(text: string): string[];
  /** Whether it was made with a key that is at hand; of another it cannot be told what it is of. */
  isComparable(fingerprint: string): boolean;
}

/**
 * A keyed hash, because a bare one of a phone number is soon found by trying all. It reads `<key id>.<hash in base64url>`.
 * @param encryptionKeys the first makes fingerprints, all recognise them
 */
export function fingerprints(encryptionKeys: readonly Buffer[]): Fingerprints {
  const ids = encryptionKeys.map(keyIdOf);
  const keys = derivedKeys(encryptionKeys, 'fingerprints');
  return {
    of: (text) =>
      keys.map((key, index) => `${ids[index]}.${createHmac('sha256', key).update(text).digest('base64url')}`),
    isComparable: (fingerprint) => ids.some((id) => fingerprint.startsWith(`${id}.`)),
  };
}
