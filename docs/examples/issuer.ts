import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/**
 * An issuer of access tokens, to try the access with: it serves its public key and prints what to set, with a token for eight hours.
 * Its key is new at every start. Claims of your own: `npm exec node docs/examples/issuer.ts scope=onboarding:read customer_id=customer-1001`.
 */
const claims = {
  sub: 'somebody',
  scope: 'onboarding:read onboarding:write onboarding:secrets onboarding:contact onboarding:simulate',
  ...Object.fromEntries(
    process.argv.slice(2).map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=');
      return [name, value.join('=')];
    }),
  ),
};

const header = { alg: 'ES256', kid: crypto.randomUUID() };
const { privateKey, publicKey } = await generateKeyPair(header.alg);
const keys = [{ ...(await exportJWK(publicKey)), ...header, use: 'sig' }];

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
});
await new Promise<void>((resolve) => {
  server.listen(Number(process.env['PORT'] ?? 4005), '127.0.0.1', resolve);
});
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const token = await new SignJWT(claims)
  .setProtectedHeader(header)
  .setIssuer(origin)
  .setAudience('onboarding')
  .setIssuedAt()
  .setExpirationTime('8h')
  .sign(privateKey);
console.log(`export AUTH_JWKS_URL=${origin}/jwks.json AUTH_ISSUER=${origin} AUTH_AUDIENCE=onboarding`);
console.log(`export TOKEN=${token}`);
