import { fastify, type FastifyInstance } from 'fastify';

/** What there is to scrape. */
export interface Scraped {
  readonly contentType: string;
  text(): Promise<string>;
}

/** `GET /metrics`, in Prometheus' text format. */
export function metricsRoute(app: FastifyInstance, { contentType, text }: Scraped): void {
  app.get('/metrics', async (_request, reply) => reply.type(contentType).send(await text()));
}

/** Nothing but `/metrics`, for a port that nobody but the scraper reaches. */
export function metricsApp(scraped: Scraped): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true });
  metricsRoute(app, scraped);
  return app;
}
