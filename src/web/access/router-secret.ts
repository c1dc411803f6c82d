import { createHash, timingSafeEqual } from 'node:crypto';

import type { onRequestHookHandler } from 'fastify';

import { RefusedRequest } from '../refused-request.ts';

/** The header in which a router shows that it is ours. */
const HEADER = 'x-router-secret';

/** Refuses a request that does not come through our router, which alone knows the secret. */
export function requireRouterSecret(secret: string): onRequestHookHandler {
  const expected = digest(secret);
  return (request, _reply, done) => {
    const given = request.headers[HEADER];
    // Digests have one length, so that the comparison takes the same time for every guess.
    if (typeof given === 'string' && timingSafeEqual(digest(given), expected)) return done();
    const reason = given === undefined ? 'is missing' : 'is wrong';
    done(
      new RefusedRequest({
        statusCode: 401,
        code: 'UNAUTHENTICATED',
        message: `The header ${HEADER} ${reason}. Send this through the router: it knows the router secret.`,
      }),
    );
  };
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
