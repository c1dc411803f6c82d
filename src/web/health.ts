import type { FastifyInstance } from 'fastify';

/** `/healthz`: the process lives. `/readyz`: it can take work; 503 while starting or draining, or when the store is out of reach. */
export function healthRoutes(
  app: FastifyInstance,
  { isReady }: { readonly isReady: () => Promise<boolean> },
): void {
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const ready = await isReady();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
}
