import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { composeServices as composeWithApollo } from '@apollo/composition';
import { composeServices as composeWithHive } from '@theguild/federation-composition';
import { parse, visit, type DocumentNode } from 'graphql';

import { freePort } from '../../support/free-port.ts';
import { run } from '../../support/process.ts';

export interface Subgraph {
  readonly name: string;
  readonly url: string;
  readonly typeDefs: DocumentNode;
}

export interface Gateway extends AsyncDisposable {
  readonly url: string;
}

/** A gateway of another maker: how it composes, and the program that runs what it composed, on a port of 127.0.0.1. */
export interface GatewayKind {
  readonly name: string;
  readonly program: string;
  args(supergraph: string, port: number): string[];
  compose(subgraphs: readonly Subgraph[]): string;
}

export const apolloGateway: GatewayKind = {
  name: '@apollo/gateway',
  program: 'test/peers/programs/apollo-gateway.ts',
  args: (supergraph, port) => [supergraph, String(port)],
  compose(subgraphs) {
    const open = subgraphs.map((subgraph) => ({ ...subgraph, typeDefs: withoutAccess(subgraph.typeDefs) }));
    const { supergraphSdl, errors } = composeWithApollo(open);
    if (errors) throw new AggregateError(errors, 'Apollo does not compose it');
    return supergraphSdl;
  },
};

export const hiveGateway: GatewayKind = {
  name: '@graphql-hive/gateway',
  program: 'test/peers/programs/node_modules/@graphql-hive/gateway/dist/bin.js',
  args: (supergraph, port) => [
    'supergraph',
    supergraph,
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--fork',
    '1',
    '--config-path',
    fileURLToPath(new URL('../programs/hive.config.mjs', import.meta.url)),
  ],
  compose(subgraphs) {
    const { supergraphSdl, errors } = composeWithHive([...subgraphs]);
    if (supergraphSdl === undefined) throw new AggregateError(errors ?? [], 'Hive does not compose it');
    return supergraphSdl;
  },
};

/** Runs a gateway over the subgraphs, as a process of its own: each has its own copy of graphql. */
export async function startGateway(kind: GatewayKind, subgraphs: readonly Subgraph[]): Promise<Gateway> {
  const cwd = mkdtempSync(join(tmpdir(), 'onboarding-gateway-'));
  const supergraph = join(cwd, 'supergraph.graphql');
  writeFileSync(supergraph, kind.compose(subgraphs));

  const port = await freePort();
  const gateway = run(kind.program, { cwd, args: kind.args(supergraph, port) });
  await gateway.printed(/Listening on http/);
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async [Symbol.asyncDispose]() {
      gateway.kill('SIGKILL');
      await gateway.ended;
      rmSync(cwd, { recursive: true });
    },
  };
}

/** Our schema, for composing. */
export const typeDefs = parse(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));

const ACCESS = new Set(['@authenticated', '@requiresScopes']);

/** The same schema for everybody: `@apollo/gateway` refuses a supergraph that says who may read what. */
function withoutAccess(document: DocumentNode): DocumentNode {
  return visit(document, {
    Directive: ({ name }) => (ACCESS.has(`@${name.value}`) ? null : undefined),
    StringValue: ({ value }) => (ACCESS.has(value) ? null : undefined),
  });
}
