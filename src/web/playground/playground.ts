import { randomBytes } from 'node:crypto';

import type { FastifyInstance } from 'fastify';

import type { Provider } from '../../onboarding/provider.ts';
import { loadAssets } from './assets.ts';
import { contentSecurityPolicy, page } from './page.ts';

interface PlaygroundOptions {
  readonly endpoint: string;
  readonly sandboxed: readonly Provider[];
}

/**
 * A Fastify plugin: GraphiQL at `/graphiql`, its files below. Nothing of it comes from another host.
 * `endpoint` is the path of the graph on this same origin, for example `/graphql`; `sandboxed` is what a greeting tells.
 */
export function playground({ endpoint, sandboxed }: PlaygroundOptions) {
  const html = page(endpoint, { id: randomBytes(4).toString('hex'), sandboxed });
  let loading: ReturnType<typeof loadAssets> | undefined;
  const assets = () => (loading ??= loadAssets());

  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onSend', async (_request, reply) => {
      reply.headers({
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-cache', // asked again each time, answered 304: an upgrade of the service shows at once
      });
    });

    app.get('/graphiql', async (_request, reply) => {
      await assets(); // an installation that lacks them is an error here, not an empty page
      return reply.type('text/html; charset=utf-8').send(html);
    });

    app.get<{ Params: { name: string } }>('/graphiql/:name', async ({ params, headers }, reply) => {
      const asset = (await assets()).get(params.name);
      if (!asset) return reply.callNotFound();

      reply.header('etag', asset.etag);
      if (headers['if-none-match'] === asset.etag) return reply.code(304).send();
      return reply.type(asset.type).send(asset.body);
    });
  };
}
