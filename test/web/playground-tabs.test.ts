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
import { tabs } from '../../src/web/playground/tabs.ts';

const schema = subgraphSchema();

describe.each(tabs)('the tab $title', ({ title, query, variables }) => {
  const document = parse(query);

  it('is valid against the schema', () => {
    expect(validate(schema, document)).toEqual([]);
  });

  it('has variables that fit', () => {
    const { variableDefinitions } = getOperationAST(document)!;

    expect(getVariableValues(schema, variableDefinitions ?? [], variables).errors).toBeUndefined();
    expect(Object.keys(variables)).not.toEqual([]);
  });

  it('selects every field of the types it reaches', () => {
    const selected = selectedFields(query);
    const reached = new Set([...selected].filter(isNoOperation).map((field) => field.split('.')[0]!));
    // Through Customer one reaches everything: the tab of that name goes on from there, the others stop at its id.
    if (title !== 'Customer') reached.delete('Customer');

    expect([...fieldsOf(reached)].filter((field) => !selected.has(field))).toEqual([]);
  });
});

describe('the tabs', () => {
  it('are one per operation of the graph', () => {
    const operations = fieldsOf(['Query', 'Mutation']);
    const offered = tabs.flatMap(({ query }) => [...selectedFields(query)].filter(isOperation));

    expect(offered.toSorted()).toEqual([...operations].toSorted());
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

  it('carry no idempotency key, with which they would run only once', () => {
    expect(JSON.stringify(tabs.map(({ variables }) => variables))).not.toContain('idempotencyKey');
  });
});

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
