import { readFileSync } from 'node:fs';

import {
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  printType,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';

import { subgraphSdl } from '../src/graphql/schema.ts';
import { COMMON_NAMES } from './contract/common-names.ts';
import { FEDERATION_VERSIONS, hostileNeighbour } from './contract/hostile-neighbour.ts';
import { appliedDirectives, printedDirectives } from './support/applied-directives.ts';
import { ACCESS, composers, COSTS, type Composition, type Subgraph } from './support/composers.ts';

const onboarding = subgraph('onboarding', '../schema.graphql');
/** Somebody else's: it owns `Customer.email` and refers to `OnboardingSession`. */
const crm = subgraph('crm', './support/crm.graphql');
/** What a router is answered that asks, and what a registry is given. */
const served: Subgraph = { name: 'onboarding', typeDefs: parse(subgraphSdl()) };
const applied = appliedDirectives(onboarding.typeDefs);

describe.each(composers)('composed by %s', (_name, compose) => {
  describe.each([
    ['alone', [onboarding]],
    ['with a CRM', [onboarding, crm]],
    ['as it is served, with a CRM', [served, crm]],
  ])('%s', (_with, subgraphs) => {
    const composition = compose(subgraphs);

    it('gives no error, no hint and no warning', () => {
      expect(composition.remarks).toEqual([]);
    });

    it('tells the router of every access rule', () => {
      const rules = printedDirectives(applied, ACCESS);

      expect(Object.keys(rules).length).toBeGreaterThan(15);
      expect(composition.access).toEqual(rules);
    });

    it('tells the router of every cost and list size', () => {
      const costs = printedDirectives(applied, COSTS);

      expect(Object.keys(costs).length).toBeGreaterThan(15);
      expect(composition.costs).toEqual(costs);
    });

    it('shows callers none of the subgraph’s own directives and scalars', () => {
      const types = Object.keys(composition.api.getTypeMap());
      const directives = composition.api.getDirectives().map(({ name }) => name);

      expect(types).toContain('EntityOnboardingSession');
      expect(types).not.toContain('OnboardingCacheScope');
      expect(directives).not.toContain('cacheControl');
    });
  });

  describe.each(FEDERATION_VERSIONS)(
    'with a neighbour of federation %s that has every common name',
    (version) => {
      const neighbour = hostileNeighbour(version);
      const [ours, theirs, both] = [[onboarding], [neighbour], [onboarding, neighbour]].map(compose) as [
        Composition,
        Composition,
        Composition,
      ];

      it('says nothing beyond what it says of the neighbour alone', () => {
        expect(both.remarks).toEqual(theirs.remarks);
      });

      it('takes nothing from either, and adds nothing', () => {
        const expected = { ...ownTypes(theirs.api), ...ownTypes(ours.api) };

        expect(Object.keys(expected).length).toBeGreaterThan(300);
        expect(ownTypes(both.api)).toEqual(expected);
      });

      it('tells the router of our access rules and costs, and of no others', () => {
        expect(both.access).toEqual(ours.access);
        expect(both.costs).toEqual(ours.costs);
      });

      it('joins what is shared on purpose', () => {
        expect(Object.keys(fieldsOf(both.api, 'Customer'))).toEqual(
          expect.arrayContaining(['id', 'email', 'customerOnboards']),
        );
        expect(Object.keys(fieldsOf(both.api, 'PageInfo'))).toHaveLength(4);
        expect(Object.keys(fieldsOf(both.api, 'Query'))).toEqual(
          expect.arrayContaining([...COMMON_NAMES.queries, 'onboardingCustomer']),
        );
      });
    },
  );

  it('joins the CRM’s fields to ours on one customer', () => {
    const { api } = compose([onboarding, crm]);

    expect(Object.keys(fieldsOf(api, 'Customer'))).toEqual(
      expect.arrayContaining(['id', 'email', 'onboardingSessions', 'lastOnboardingSession']),
    );
    expect(Object.keys(fieldsOf(api, 'OnboardingSession'))).toContain('status');
  });
});

function subgraph(name: string, file: string): Subgraph {
  return { name, typeDefs: parse(readFileSync(new URL(file, import.meta.url), 'utf8')) };
}

function fieldsOf(api: GraphQLSchema, name: string) {
  const type = api.getType(name);
  return isObjectType(type) ? type.getFields() : {};
}

const SHARED = new Set([
  'Query',
  'Mutation',
  'Subscription',
  'Customer',
  'PageInfo',
  'Date',
  'DateTime',
  'URL',
]);

/** What nobody shares, as callers see it. */
function ownTypes(api: GraphQLSchema): Record<string, string> {
  return Object.fromEntries(
    Object.values(api.getTypeMap())
      .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type) && !SHARED.has(type.name))
      .map((type) => [type.name, printType(type)]),
  );
}
