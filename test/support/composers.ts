import { composeServices as composeByApollo } from '@apollo/composition';
import { composeServices as composeByHive } from '@theguild/federation-composition';
import {
  federateSubgraphs,
  ROUTER_COMPATIBILITY_VERSION_ONE,
  type FederationSuccess,
  type FieldListSizeConfiguration,
} from '@wundergraph/composition';
import { buildSchema, parse, type DocumentNode, type GraphQLSchema } from 'graphql';

import { appliedDirectives, printedDirectives } from './applied-directives.ts';

export interface Subgraph {
  readonly name: string;
  readonly typeDefs: DocumentNode;
}

/** A supergraph, whoever composed it. */
export interface Composition {
  /** Errors, hints and warnings: all that the composer has to say. */
  readonly remarks: readonly string[];
  /** What callers of the router see. */
  readonly api: GraphQLSchema;
  /** What the router has to check, by coordinate. */
  readonly access: Record<string, string[]>;
  /** What the router reckons with, by coordinate. */
  readonly costs: Record<string, string[]>;
}

export type Composer = (subgraphs: readonly Subgraph[]) => Composition;

export const ACCESS = ['authenticated', 'requiresScopes'];
export const COSTS = ['cost', 'listSize'];

/** For Apollo Router: `rover supergraph compose` and GraphOS compose with it. */
const apollo: Composer = (subgraphs) => {
  const { errors = [], hints = [], schema, supergraphSdl } = composeByApollo(subgraphs.map(located));
  if (!schema) throw new AggregateError(errors);
  return {
    remarks: hints.map(String),
    api: schema.toAPISchema().toGraphQLJSSchema(),
    ...directivesOf(parse(supergraphSdl)),
  };
};

/** For Hive Gateway and Hive Router: the Hive registry composes with it. */
const hive: Composer = (subgraphs) => {
  const result = composeByHive(subgraphs.map(located));
  if (!('supergraphSdl' in result) || !result.publicSdl) throw new AggregateError(result.errors ?? []);
  return { remarks: [], api: buildSchema(result.publicSdl), ...directivesOf(parse(result.supergraphSdl)) };
};

/** For Cosmo Router: `wgc` and the Cosmo control plane compose with it. Costs are in the router's configuration alone. */
const cosmo: Composer = (subgraphs) => {
  const result = federateSubgraphs({
    subgraphs: subgraphs.map((subgraph) => ({ ...located(subgraph), definitions: subgraph.typeDefs })),
    version: ROUTER_COMPATIBILITY_VERSION_ONE,
  });
  if (!result.success) throw new AggregateError(result.errors);
  return {
    remarks: result.warnings.map(({ message }) => message),
    api: result.federatedGraphClientSchema,
    access: directivesOf(result.federatedGraphAST).access,
    costs: costsOf(result),
  };
};

export const composers: readonly (readonly [string, Composer])[] = [
  ['@apollo/composition', apollo],
  ['@theguild/federation-composition', hive],
  ['@wundergraph/composition', cosmo],
];

function located({ name, typeDefs }: Subgraph) {
  return { name, url: `http://${name}.example/graphql`, typeDefs };
}

function directivesOf(supergraph: DocumentNode): Pick<Composition, 'access' | 'costs'> {
  const applied = appliedDirectives(supergraph);
  return { access: printedDirectives(applied, ACCESS), costs: printedDirectives(applied, COSTS) };
}

/** As the schema would write them. */
function costsOf({ subgraphConfigBySubgraphName }: FederationSuccess): Record<string, string[]> {
  const printed: Record<string, string[]> = {};
  for (const { costs } of subgraphConfigBySubgraphName.values()) {
    for (const [field, { weight }] of costs?.fieldWeights ?? [])
      printed[field] = [`@cost(weight: ${weight})`];
    for (const [field, size] of costs?.listSizes ?? []) printed[field] = [listSize(size)];
  }
  return printed;
}

function listSize({ assumedSize, ...sliced }: FieldListSizeConfiguration): string {
  if (assumedSize !== undefined) return `@listSize(assumedSize: ${assumedSize})`;
  const { requireOneSlicingArgument, sizedFields, slicingArguments } = sliced;
  const given = [
    `requireOneSlicingArgument: ${requireOneSlicingArgument}`,
    `sizedFields: ${names(sizedFields)}`,
    `slicingArguments: ${names(slicingArguments)}`,
  ];
  return `@listSize(${given.join(', ')})`;
}

function names(list: readonly string[]): string {
  return `[${list.map((name) => JSON.stringify(name)).join(', ')}]`;
}
