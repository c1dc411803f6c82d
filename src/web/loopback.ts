import type { onRequestHookHandler } from 'fastify';

import { isLoopbackHost } from '../formats/loopback.ts';
import { RefusedRequest } from './refused-request.ts';

/** Refuses a request whose `Host` is not this machine: a page of another site that had its name point here (DNS rebinding). */
export const refuseOtherHosts: onRequestHookHandler = ({ headers }, _reply, done) => {
  if (isLoopbackHost(headers.host)) return done();
  done(
    new RefusedRequest({ statusCode: 421, message: 'In development, ask for this service as localhost.' }),
  );
};
