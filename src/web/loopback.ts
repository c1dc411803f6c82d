import type { onRequestHookHandler } from 'fastify';

import { isLoopbackHost } from '../formats/loopback.ts';
import { RefusedRequest } from './refused-request.ts';

/** Refuses a request whose `Host` is not this machine: a page of another site that had its name point here (DNS rebinding). */
export const refuseOtherHosts: onRequestHookHandler = ({ headers }, _reply, done) => {
  if (isLoopbackHost(headers.host)) return done();
  done(
    new RefusedRequest({
      statusCode: 421,
      message:
        'Without access control this graph is open to its own machine only: ask for it as localhost. To have it asked by another name, set AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE, or AUTH=none.',
    }),
  );
};
