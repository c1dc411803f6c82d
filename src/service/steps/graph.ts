import type { ApolloServer } from '@apollo/server';

import type { Context } from '../../graphql/context.ts';
import type { TrustedDocuments } from '../../graphql/documents/trusted-documents.ts';
import { subgraphSchema } from '../../graphql/schema.ts';
import { graphServer } from '../../graphql/server.ts';
import { currentRequestId } from '../../web/request-id.ts';
import type { OpenTracing } from '../../tracing/open-tracing.ts';
import { trustedDocumentsIn } from '../startup.ts';
import type { Start } from './start.ts';

export interface Graph {
  readonly graph: ApolloServer<Context>;
  /** Null: every operation is answered. */
  readonly trustedDocuments: TrustedDocuments | null;
}

/** The graph, ready to be put behind HTTP. */
export async function startGraph(
  { config, logger, metrics, opened }: Start,
  tracing: OpenTracing | null,
): Promise<Graph> {
  const { isProduction, introspection, maxCost, trustedDocuments: file } = config;
  const schema = subgraphSchema();
  const trustedDocuments = file === null ? null : trustedDocumentsIn(file, schema, maxCost);
  const graph = graphServer({
    schema,
    introspection,
    suggestions: introspection && !isProduction,
    maxCost,
    logger,
    ...(tracing && { plugins: [tracing.plugin] }),
    requestId: currentRequestId,
    ...(metrics && { onOperation: metrics.operation }),
  });
  await graph.start();
  opened.defer(() => graph.stop());
  return { graph, trustedDocuments };
}
