import { parse } from 'graphql';

import type { Subgraph } from '../support/composers.ts';
import { COMMON_NAMES } from './common-names.ts';

/** Federation 1 knows no `@link` and no `@shareable`; the later versions are those that neighbours have. */
export const FEDERATION_VERSIONS = ['v1', 'v2.0', 'v2.3', 'v2.9'] as const;
type FederationVersion = (typeof FEDERATION_VERSIONS)[number];

const { types, inputs, enums, interfaces, unions, scalars, queries, mutations, subscriptions, directives } =
  COMMON_NAMES;
const outputs = [...types, ...interfaces, ...unions, ...enums, ...scalars];

/** Of whatever has fields: none agrees with a field of ours. */
const FIELDS = 'id: [Int!]! code: Boolean! message: Boolean! name: Boolean! status: Boolean! value: Boolean!';

/**
 * Another team's subgraph: it has every common name, in a shape that conflicts with any of ours, and what is shared on purpose
 * as it is to be shared. It caches with Apollo's own directive.
 */
export function hostileNeighbour(version: FederationVersion): Subgraph {
  return {
    name: 'neighbour',
    typeDefs: parse(
      [federation(version), sharedTypes(version), CACHE_CONTROL, ...commonTypes(), ...commonFields()].join(
        '\n',
      ),
    ),
  };
}

function federation(version: FederationVersion): string {
  return version === 'v1'
    ? ''
    : `extend schema @link(url: "https://specs.apollo.dev/federation/${version}", import: ["@key", "@shareable"])`;
}

function sharedTypes(version: FederationVersion): string {
  return `
  type Customer @key(fields: "id") { id: ID! email: String }
  type PageInfo ${version === 'v1' ? '' : '@shareable'} {
    hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String
  }
  scalar Date
  scalar DateTime
  scalar URL
  type NeighbourShared { customer: Customer pageInfo: PageInfo date: Date dateTime: DateTime url: URL }
  `;
}

const CACHE_CONTROL = `
  enum CacheControlScope { PUBLIC PRIVATE }
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean)
    on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  type NeighbourCached @cacheControl(maxAge: 60, scope: PRIVATE) { a: Int @cacheControl(inheritMaxAge: true) }
`;

function commonTypes(): string[] {
  return [
    ...types.map((name) => `type ${name} { ${FIELDS} }`),
    ...inputs.map((name) => `input ${name} { neighbour: Int! id: [Int!]! name: Boolean! }`),
    ...enums.map((name) => `enum ${name} { NEIGHBOUR UNKNOWN }`),
    ...interfaces.map((name) => `interface ${name} { ${FIELDS} }`),
    `type NeighbourNode implements ${interfaces.join(' & ')} { ${FIELDS} }`,
    ...unions.map((name) => `union ${name} = ${types[0]} | ${types[1]}`),
    ...scalars.map((name) => `scalar ${name}`),
    ...directives.map((name) => `directive @${name}(neighbour: Int) on FIELD_DEFINITION | OBJECT`),
  ];
}

/** Roots of every common name; `neighbour` answers and takes every type. */
function commonFields(): string[] {
  const answered = outputs.map((name) => `of${name}: ${name}`);
  const taken = [...inputs, ...enums, ...scalars].map((name) => `as${name}: ${name}`);
  const directed = directives.map((name) => `by${name}: Int @${name}(neighbour: 1)`);
  return [
    `input NeighbourTaken { ${taken.join(' ')} }`,
    `type NeighbourEverything { ${answered.join(' ')} ${directed.join(' ')} }`,
    `type Query { neighbour(of: NeighbourTaken): NeighbourEverything shared: NeighbourShared cached: NeighbourCached
      ${roots(queries)} }`,
    `type Mutation { ${roots(mutations)} }`,
    `type Subscription { ${roots(subscriptions)} }`,
  ];
}

function roots(names: readonly string[]): string {
  return names.map((name, index) => `${name}(neighbour: Int!): ${types[index % types.length]}`).join(' ');
}
