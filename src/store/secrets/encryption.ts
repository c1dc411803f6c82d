import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A stored secret cannot be read with the keys at hand. */
export class UndecryptableSecret extends Error {
  override readonly name = 'UndecryptableSecret';
}

/** Encrypts what must not be readable in the database. */
export interface Encryption {
  /** @param place what the secret is and whose; a secret moved to another place does not decrypt */
  encrypt(secret: string, place: string): string;
  /** @throws {UndecryptableSecret} naming the remedy; never a wrong value */
  decrypt(encrypted: string, place: string): string;
}

/**
 * AES-256-GCM with a random nonce. What is stored reads `v1.<key id>.<nonce, ciphertext and tag in base64url>`.
 * @param keys of 32 bytes each: the first encrypts, all decrypt
 */
export function encryption(keys: readonly Buffer[]): Encryption {
  const byId = new Map(keys.map((key) => [keyIdOf(key), key]));
  const [current] = byId;
  if (!current) throw new TypeError('At least one encryption key is needed');
  const [currentId, currentKey] = current;

  return {
    encrypt(secret, place) {
      return `${VERSION}.${currentId}.${sealed(secret, currentKey, place).toString('base64url')}`;
    },

    decrypt(encrypted, place) {
      const [version, id = '', payload = ''] = encrypted.split('.');
      const key = version === VERSION ? byId.get(id) : undefined;
      if (!key) {
        throw new UndecryptableSecret(
          `A stored secret was encrypted with key ${id.slice(0, 16)}, which ENCRYPTION_KEYS does not contain. Add that key to the end of the list.`,
        );
      }
      try {
        return opened(Buffer.from(payload, 'base64url'), key, place);
      } catch (cause) {
        throw new UndecryptableSecret(
          'A stored secret was altered and cannot be decrypted. Restore it from a backup.',
          { cause },
        );
      }
    },
  };
}

function sealed(secret: string, key: Buffer, place: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function opened(payload: Buffer, key: Buffer, place: string): string {
  const nonce = payload.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(place))
    .setAuthTag(payload.subarray(-TAG_BYTES));
  return (
    decipher.update(payload.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
  );
}

/** Tells a key from others without showing anything of it. */
export function keyIdOf(key: Buffer): string {
  return createHash('sha256').update('key id').update(key).digest('hex').slice(0, 16);
}

/** A key for another purpose (signing cursors, fingerprints) out of each encryption key, so that there is one list to keep. */
export function derivedKeys(keys: readonly Buffer[], purpose: string): Buffer[] {
  return keys.map((key) => Buffer.from(hkdfSync('sha256', key, '', purpose, 32)));
}
