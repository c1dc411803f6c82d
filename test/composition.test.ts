import { readFileSync } from 'node:fs';

import { isObjectType, parse, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';

import { subgraphSdl } from '../src/graphql/schema.ts';
import { appliedDirectives, printedDirectives } from './support/applied-directives.ts';
import { ACCESS, composers, COSTS, type Subgraph } from './support/composers.ts';

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
