/** A key as it is written down: 32 bytes in base64, and nothing else. Null when it is not. */
export function encryptionKeyOf(text: string): Buffer | null {
  // Node reads what it can of a text, and passes over the rest.
  return /^[A-Za-z0-9+/]{43}=$/.test(text) ? Buffer.from(text, 'base64') : null;
}
