import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { subgraphSchema } from '../../src/graphql/schema.ts';
import { startService, type Service } from '../support/service.ts';
import { ATTACKS } from './attacks.ts';
import { randomDocuments } from './random-documents.ts';

const DOCUMENTS = 10_000;
const AT_ONCE = 25;

let service: Service;
beforeAll(async () => {
  service = await startService({ logLevel: 'warn' });
});
afterAll(() => service.stop());

interface Answer {
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

async function send(body: string | Buffer, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(service.url, {
    method: 'POST',
    // In this media type the status tells, too, when an operation cannot be carried out.
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
      ...headers,
    },
    body,
  });
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type'), text };
}

/** What no answer may have in it: a stack, a file of ours, a library's, or a provider's key. */
const SECRET = /node_modules|\bat \w+ \(|\.ts:\d|\/src\/|sandbox-key|Bearer |Maximum call stack/;

describe('the service', () => {
  it.each(ATTACKS)('has a clear answer to $name', async ({ body, headers, status, code }) => {
    const answer = await send(body, headers);

    expect(answer).toMatchObject({
      status,
      type: expect.stringMatching(/^application\/(graphql-response\+)?json/),
    });
    expect(answer.text).not.toMatch(SECRET);
    const { errors = [] } = JSON.parse(answer.text) as Answer;
    expect(errors.length).toBeGreaterThan(0);
    for (const { message, extensions } of errors) {
      expect(extensions.code).toMatch(code);
      expect(message).toMatch(/^.{10,300}$/s);
    }
  });

  it('has an answer to any document, and no fault of its own in it', async () => {
    const codes = new Set<string>();
    let answered = 0;

    await fc.assert(
      fc.asyncProperty(
        fc.array(randomDocuments(subgraphSchema()), { minLength: AT_ONCE, maxLength: AT_ONCE }),
        async (documents) => {
          const answers = await Promise.all(documents.map((query) => send(JSON.stringify({ query }))));
          for (const { status, text } of answers) {
            expect(status).toBeLessThan(500);
            expect(text).not.toMatch(SECRET);
            const answer = JSON.parse(text) as Answer;
            for (const { extensions } of answer.errors ?? []) {
              expect(extensions.code).not.toBe('INTERNAL_SERVER_ERROR');
              codes.add(extensions.code);
            }
            if (!answer.errors) answered++;
          }
        },
      ),
      { numRuns: DOCUMENTS / AT_ONCE },
    );

    // They are of every kind: those that do not parse, that are not valid, whose arguments are wrong, and that are answered.
    expect([...codes]).toEqual(
      expect.arrayContaining(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']),
    );
    expect(answered).toBeGreaterThan(DOCUMENTS / 20);
  }, 120_000);

  it('still answers, with nothing in its log that is an error', async () => {
    expect(await service.query('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
    expect(service.log().match(/"level":"?(?:50|60|error|fatal)/g)).toBeNull();
  });
});
