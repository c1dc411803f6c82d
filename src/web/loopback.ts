import type { onRequestHookHandler } from 'fastify';

import { RefusedRequest } from './refused-request.ts';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/** Whether a `HOST` to listen on is of this machine alone. */
export function isLoopback(host: string): boolean {
  return host === '::1' || LOOPBACK.test(host);
}

/** Whether a request's `Host` names this machine. */
export function isLoopbackHost(host: string | undefined): boolean {
  return LOOPBACK.test(host ?? '');
}

/** Refuses a request whose `Host` is not this machine: a page of another site that had its name point here (DNS rebinding). */
export const refuseOtherHosts: onRequestHookHandler = ({ headers }, _reply, done) => {
  if (isLoopbackHost(headers.host)) return done();
  done(
    new RefusedRequest({ statusCode: 421, message: 'In development, ask for this service as localhost.' }),
  );
};
