/** How often a connection is looked at during the time that its request has. */
const CHECKS = 30;

/**
 * Options of Fastify, so that a request that has not arrived within this time is answered 408, wherever it stopped. Node
 * itself looks every 30 s, and takes the headers' own 60 s for the whole request's when that has less.
 */
export function arrivalWithin(timeoutMs: number) {
  return {
    requestTimeout: timeoutMs,
    http: {
      requestTimeout: timeoutMs,
      headersTimeout: timeoutMs,
      connectionsCheckingInterval: Math.ceil(timeoutMs / CHECKS),
    },
  };
}
