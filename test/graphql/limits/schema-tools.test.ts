import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from '../../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** What tools ask first: which of its parts the introspection of a server has. */
const firstQuestions: [tool: string, aliases: number, query: string][] = [
  [
    'Apollo Kotlin',
    5,
    /* GraphQL */ `
      query PreIntrospectionQuery {
        schema: __type(name: "__Schema") {
          ...Parts
        }
        type: __type(name: "__Type") {
          ...Parts
        }
        directive: __type(name: "__Directive") {
          ...Parts
        }
        field: __type(name: "__Field") {
          ...Parts
        }
        inputValue: __type(name: "__InputValue") {
          ...Parts
        }
      }
      fragment Parts on __Type {
        fields {
          name
          args {
            name
          }
        }
      }
    `,
  ],
  [
    'gql.tada',
    4,
    /* GraphQL */ `
      query IntrospectSupportQuery {
        directive: __type(name: "__Directive") {
          fields {
            name
            args {
              name
            }
          }
        }
        field: __type(name: "__Field") {
          fields {
            name
            args {
              name
            }
          }
        }
        type: __type(name: "__Type") {
          fields {
            name
          }
        }
        inputValue: __type(name: "__InputValue") {
          fields {
            name
          }
        }
      }
    `,
  ],
  [
    'Strawberry Shake',
    2,
    /* GraphQL */ `
      query introspection_phase_1 {
        schema: __type(name: "__Schema") {
          name
          fields {
            name
          }
        }
        directive: __type(name: "__Directive") {
          name
          fields {
            name
          }
        }
      }
    `,
  ],
  [
    'cynic',
    2,
    /* GraphQL */ `
      query CapabilitiesQuery {
        __type(name: "__Type") {
          fields(includeDeprecated: true) {
            name
          }
        }
        input_value_type: __type(name: "__InputValue") {
          fields(includeDeprecated: true) {
            name
          }
        }
      }
    `,
  ],
];

describe('where introspection is on', () => {
  it.each(firstQuestions)('%s is told what there is to ask for', async (_tool, asked, query) => {
    const { data, errors } = await service.query(query);

    expect(errors).toBeUndefined();
    expect(Object.values(data as object)).toHaveLength(asked);
    expect(Object.values(data as object)).not.toContain(null);
  });

  it('whoever asks for everything that graphql-js knows gets the whole schema', async () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      directiveIsRepeatable: true,
      inputValueDeprecation: true,
      oneOf: true,
      schemaDescription: true,
      specifiedByUrl: true,
    });

    const { data, errors } = await service.query(query);

    expect(errors).toBeUndefined();
    expect(
      buildClientSchema(data as IntrospectionQuery)
        .getQueryType()
        ?.getFields(),
    ).toHaveProperty('onboardingSession');
  });
});

it('where introspection is off, they are told so', async () => {
  await using closed = await startService({ introspection: false });

  for (const [, , query] of firstQuestions) {
    const { errors } = await closed.query(query);
    expect(errors?.[0]?.message).toMatch(/^Introspection is off\. Set INTROSPECTION=on/);
  }
});
