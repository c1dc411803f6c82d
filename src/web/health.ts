import type { FastifyInstance } from 'fastify';

import type { ProvidersHealth } from '../onboarding/provider-health.ts';

interface HealthOptions {
  readonly isReady: () => Promise<boolean>;
  readonly providersHealth?: ProvidersHealth;
}

/**
 * `/healthz`: the process lives. `/readyz`: it can take work; 503 while starting or draining, or when the store is out of reach.
 * A provider that is out is told, and is no reason: another process would not reach it either.
 */
export function healthRoutes(
  app: FastifyInstance,
  { isReady, providersHealth = () => [] }: HealthOptions,
): void {
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const ready = await isReady();
    const providers = Object.fromEntries(providersHealth().map(({ provider, state }) => [provider, state]));
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', providers });
  });
}
