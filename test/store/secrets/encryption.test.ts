import { describe, expect, it } from 'vitest';

import { derivedKeys, encryption, UndecryptableSecret } from '../../../src/store/secrets/encryption.ts';

const oldKey = Buffer.alloc(32, 1);
const newKey = Buffer.alloc(32, 2);
const secrets = encryption([oldKey]);
const encrypt = (secret: string, place: string) => secrets.encrypt(secret, place);
const decrypt = (encrypted: string, place: string) => secrets.decrypt(encrypted, place);

describe('encryption', () => {
  it.each(['a token', '', 'Ünï¢ødé 🔑', 'x'.repeat(10_000)])('gives back what it was given', (secret) => {
    expect(decrypt(encrypt(secret, 'place'), 'place')).toBe(secret);
  });

  it('never makes the same twice, nor anything that shows the secret', () => {
    const first = encrypt('the-secret-token', 'place');

    expect(encrypt('the-secret-token', 'place')).not.toBe(first);
    expect(Buffer.from(first.split('.')[2] ?? '', 'base64url').toString()).not.toContain('secret');
  });

  it('reads what an older key encrypted, and encrypts under the first', () => {
    const rotated = encryption([newKey, oldKey]);

    expect(rotated.decrypt(encrypt('secret', 'place'), 'place')).toBe('secret');
    expect(encryption([newKey]).decrypt(rotated.encrypt('secret', 'place'), 'place')).toBe('secret');
  });

  it('names the remedy when the key is missing', () => {
    const other = encryption([newKey]);

    expect(() => other.decrypt(encrypt('secret', 'place'), 'place')).toThrow(
      /Add that key to the end of the list/,
    );
  });

  it('refuses a secret that was moved to another place', () => {
    expect(() => decrypt(encrypt('secret', 'session 1'), 'session 2')).toThrow(UndecryptableSecret);
  });

  it.each(['', 'garbage', 'v1', 'v2.abc.def', 'v1.0000000000000000.AAAA'])('refuses %j', (stored) => {
    expect(() => decrypt(stored, 'place')).toThrow(UndecryptableSecret);
  });

  it('refuses what was altered in any byte', () => {
    const [version, id, payload = ''] = encrypt('secret', 'place').split('.');
    const sealed = Buffer.from(payload, 'base64url');
    for (let index = 0; index < sealed.length; index++) {
      const altered = Buffer.from(sealed);
      altered[index] = (altered[index] ?? 0) ^ 1;
      expect(() => decrypt(`${version}.${id}.${altered.toString('base64url')}`, 'place')).toThrow(
        UndecryptableSecret,
      );
    }
  });

  it('derives a different key for each purpose', () => {
    expect(derivedKeys([oldKey], 'cursors')).not.toEqual(derivedKeys([oldKey], 'fingerprints'));
    expect(derivedKeys([oldKey], 'cursors')).toEqual(derivedKeys([oldKey], 'cursors'));
  });
});
