import {
  getOperationAST,
  getVariableValues,
  isObjectType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { describe, expect, it } from 'vitest';

import { subgraphSchema } from '../../src/graphql/schema.ts';
import type { Provider } from '../../src/onboarding/provider.ts';
import { tabsOf, type Tab } from '../../src/web/playground/tabs.ts';

const schema = subgraphSchema();
const sandboxed = ['INCODE', 'INCREASE', 'RELAY'] as const;
const tabs = tabsOf({ id: 'run-1', sandboxed });
const [welcome, ...operations] = tabs;

describe.each(tabs)('the tab $title', ({ query, variables }) => {
  const document = parse(query);

  it('is valid against the schema', () => {
    expect(validate(schema, document)).toEqual([]);
  });

  it('has variables that fit', () => {
    const { variableDefinitions } = getOperationAST(document)!;

    expect(getVariableValues(schema, variableDefinitions ?? [], variables).errors).toBeUndefined();
    expect(Object.keys(variables).length > 0).toBe((variableDefinitions ?? []).length > 0);
  });
});

describe.each(operations)('the tab $title', ({ title, query }) => {
  it('selects every field of the types it reaches', () => {
    const selected = selectedFields(query);
    const reached = new Set([...selected].filter(isNoOperation).map((field) => field.split('.')[0]!));
    // Through Customer one reaches everything: the tab of that name goes on from there, the others stop at its id.
    if (title !== 'Customer') reached.delete('Customer');

    expect([...fieldsOf(reached)].filter((field) => !selected.has(field))).toEqual([]);
  });
});

describe('the tabs', () => {
  it('are one per operation of the graph, after a greeting', () => {
    const offered = operations.flatMap(({ query }) => [...selectedFields(query)].filter(isOperation));

    expect(offered.toSorted()).toEqual([...fieldsOf(['Query', 'Mutation'])].toSorted());
    expect(welcome!.title).toBe('Welcome');
  });

  it('tell of a person, a business and a customer, step by step, and then of all there is of the customer', () => {
    const steps = operations.map(
      ({ query }) => /^# (A \w+, \d of \d|Everything of one customer|How the providers are)/.exec(query)?.[1],
    );

    expect(steps).toEqual([
      ...[1, 2, 3, 4].map((step) => `A person, ${step} of 4`),
      ...[1, 2, 3, 4, 5].map((step) => `A business, ${step} of 5`),
      ...[1, 2, 3].map((step) => `A customer, ${step} of 3`),
      'Everything of one customer',
      'How the providers are',
    ]);
    expect(operations.map(({ title }) => title)).toEqual([
      'StartOnboardingSession',
      'OnboardingSession',
      'CompleteOnboardingSession',
      'OnboardingSessions',
      'CreateEntityOnboardingSession',
      'EntityOnboardingSession',
      'SubmitEntityOnboardingSession',
      'ExpireEntityOnboardingSession',
      'EntityOnboardingSessions',
      'OnboardCustomer',
      'CustomerOnboard',
      'CustomerOnboards',
      'Customer',
      'OnboardingProviders',
    ]);
  });

  it('reach every field of the graph', () => {
    const types = Object.values(schema.getTypeMap()).filter(isObjectType);
    const own = types.map(({ name }) => name).filter((name) => !name.startsWith('_'));
    const selected = new Set(tabs.flatMap(({ query }) => [...selectedFields(query)]));

    expect([...fieldsOf(own)].filter((field) => !selected.has(field))).toEqual([]);
  });

  it('are named as their operations, which is what GraphiQL shows', () => {
    expect(tabs.map(({ title }) => title)).toEqual(
      tabs.map(({ query }) => getOperationAST(parse(query))?.name?.value),
    );
  });

  it('give each mutation an idempotency key, which is another one in each run of the service', () => {
    expect(keysOf('run-1')).toEqual(
      ['start', 'complete', 'create', 'submit', 'expire', 'onboard'].map((key) => `${key}-run-1`),
    );
    expect(keysOf('run-2').filter((key) => keysOf('run-1').includes(key))).toEqual([]);
  });

  it('say of every mutation that nothing is sent twice', () => {
    expect(tabs.filter(isMutation).filter(({ query }) => !/^# .*nothing is sent twice/m.test(query))).toEqual(
      [],
    );
  });

  it('greet with who answers: the sandbox, or a provider itself', () => {
    expect(greetingOf('INCODE', 'RELAY')).toContain(
      [
        '# - Incode: the built-in sandbox',
        '# - Increase: Increase itself, with your API key',
        '# - Relay: the built-in sandbox',
      ].join('\n'),
    );
    expect(greetingOf()).not.toContain('the built-in sandbox');
    expect(welcome!.query).not.toContain('itself');
  });
});

const isMutation = ({ query }: Tab) => /^mutation /m.test(query);
const keyOf = ({ variables }: Tab) =>
  (variables as { input: { idempotencyKey: string } }).input.idempotencyKey;

const keysOf = (run: string) => tabsOf({ id: run, sandboxed }).filter(isMutation).map(keyOf);
const greetingOf = (...names: Provider[]) => tabsOf({ id: 'run-1', sandboxed: names })[0]!.query;

const isOperation = (field: string) => /^(?:Query|Mutation)\./.test(field);
const isNoOperation = (field: string) => !isOperation(field);

/** `Type.field` of every field that the document selects. */
function selectedFields(query: string): Set<string> {
  const selected = new Set<string>();
  const typeInfo = new TypeInfo(schema);
  const Field = ({ name }: { name: { value: string } }) => {
    selected.add(`${typeInfo.getParentType()!.name}.${name.value}`);
  };
  visit(parse(query), visitWithTypeInfo(typeInfo, { Field }));
  return selected;
}

/** `Type.field` of every field of the types, but those that federation adds. */
function* fieldsOf(types: Iterable<string>): Iterable<string> {
  for (const name of types) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    for (const field of Object.keys(type.getFields())) if (!field.startsWith('_')) yield `${name}.${field}`;
  }
}
