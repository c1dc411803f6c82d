import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
  base64url,
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose';

import type { AccessConfig } from '../../src/config/config.ts';

export interface TokenOptions {
  readonly scope?: string;
  readonly claims?: JWTPayload;
  /** Seconds from now; null: never. */
  readonly expiresIn?: number | null;
  readonly issuer?: string;
  /** Null: none. */
  readonly audience?: string | null;
}

/** Somebody who issues access tokens: a real key server on this machine. */
export interface Issuer extends AsyncDisposable {
  readonly config: Exclude<AccessConfig, string>;
  /** How often its keys were fetched. */
  fetches(): number;
  token(options?: TokenOptions): Promise<string>;
  /** Signs with a new key from now on; the old one is no longer published. */
  rotate(): Promise<void>;
  /** Publishes this as its key, whatever it is. */
  publish(key: JWK): void;
  /** Answers 500 from now on, or keys again. */
  fail(failing: boolean): void;
}

const ISSUER = 'https://id.example.com';
const AUDIENCE = 'onboarding';

export async function startIssuer(algorithm = 'ES256'): Promise<Issuer> {
  let fetches = 0;
  let isFailing = false;
  let published: JWK[] = [];
  let signing: { kid: string; privateKey: CryptoKey } | undefined;

  async function rotate(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
    const kid = `key-${crypto.randomUUID()}`;
    published = [{ ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' }];
    signing = { kid, privateKey };
  }
  await rotate();

  const server = createServer((_request, response) => {
    fetches++;
    response.writeHead(isFailing ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    config: {
      jwksUrl: `http://127.0.0.1:${port}/keys`,
      issuer: ISSUER,
      audience: AUDIENCE,
      audienceClaim: 'aud',
      callerClaim: null,
      clockToleranceSeconds: 30,
    },
    fetches: () => fetches,
    rotate,
    publish(key) {
      published = [{ ...key, kid: signing?.kid ?? '', alg: algorithm }];
    },
    fail(failing) {
      isFailing = failing;
    },
    async token({ scope, claims = {}, expiresIn = 300, issuer = ISSUER, audience = AUDIENCE } = {}) {
      if (!signing) throw new Error('There is no key');
      const token = new SignJWT({ sub: 'client-1', ...claims, ...(scope !== undefined && { scope }) })
        .setProtectedHeader({ alg: algorithm, kid: signing.kid })
        .setIssuer(issuer)
        .setIssuedAt(claims.iat);
      if (audience !== null) token.setAudience(audience);
      if (expiresIn !== null) token.setExpirationTime(Math.floor(Date.now() / 1_000) + expiresIn);
      return token.sign(signing.privateKey);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

const part = (value: object) => base64url.encode(JSON.stringify(value));

/** A token with the claims of a good one that nobody has signed. */
export function unsignedToken(): string {
  const claims = { iss: ISSUER, aud: AUDIENCE, sub: 'x', exp: Math.floor(Date.now() / 1_000) + 300 };
  return `${part({ alg: 'none' })}.${part({ ...claims, scope: 'onboarding:read' })}.`;
}
