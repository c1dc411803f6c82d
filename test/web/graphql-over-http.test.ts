import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type GraphqlAnswer, type Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const json = { 'content-type': 'application/json' };
const typename = '{"query":"{ __typename }"}';

async function send(init: RequestInit, path = '') {
  const response = await fetch(service.url + path, init);
  const body = await response.text();
  return { status: response.status, headers: response.headers, body };
}

/** Writes the bytes as they are, and reads until the connection is closed. */
async function sendBytes(bytes: string, { origin } = service): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}

const A_SENTENCE = expect.stringMatching(/^[A-Z].+\.$/) as string;

function expectRefusal(
  body: string,
  requestId: string | null | undefined,
  message: string = A_SENTENCE,
): void {
  const { errors } = JSON.parse(body) as Required<GraphqlAnswer>;
  expect(errors).toEqual([
    {
      message,
      extensions: { code: 'BAD_USER_INPUT', requestId },
    },
  ]);
}

describe('the audits of GraphQL over HTTP', () => {
  it('find nothing but that a GET needs a header, which keeps pages of other sites out', async () => {
    const results = await auditServer({ url: service.url });

    const findings = results
      .filter(({ status }) => status !== 'ok')
      .map(({ id, status }) => `${id} ${status}`);
    expect(results).toHaveLength(61);
    expect(findings.toSorted()).toEqual(['5A70 notice', '6A70 notice', 'D6D5 notice']);
  });
});

describe('an operation that cannot be carried out', () => {
  it.each([
    ['a syntax error', { query: '{' }],
    ['an unknown field', { query: '{ nothing }' }],
    ['a variable of another type', { query: 'query q($id: ID!) { __typename }', variables: { id: null } }],
    ['an unknown name', { query: 'query q { __typename }', operationName: 'r' }],
  ])('because of %s has status 200 in plain JSON, and 400 in that of GraphQL', async (_what, body) => {
    const plain = await send({ method: 'POST', headers: json, body: JSON.stringify(body) });
    const ofGraphql = await send({
      method: 'POST',
      headers: { ...json, accept: 'application/graphql-response+json' },
      body: JSON.stringify(body),
    });

    expect([plain.status, ofGraphql.status]).toEqual([200, 400]);
    expect(JSON.parse(plain.body)).toMatchObject({ errors: [{ extensions: { code: expect.any(String) } }] });
  });

  it.each([
    ['fields', '{a'.repeat(2_000)],
    ['a list type', `query($a: ${'['.repeat(4_000)}`],
    ['an input', `{onboardingSessions(filter:${'{a:'.repeat(1_500)}`],
    ['nothing', '{'.repeat(4_900)],
  ])('because it nests %s too deeply is told so', async (_what, query) => {
    const { status, body } = await send({ method: 'POST', headers: json, body: JSON.stringify({ query }) });

    expect(status).toBeLessThan(500);
    expect(JSON.parse(body)).toMatchObject({ errors: [{ message: expect.stringMatching(/deep|tokens/) }] });
  });

  it('because there is none has status 400 in plain JSON, too', async () => {
    const answer = await send({ method: 'POST', headers: json, body: '{"variables":{}}' });

    expect(answer.status).toBe(400);
    expectRefusal(answer.body, answer.headers.get('x-request-id'));
  });
});

describe('a body that cannot be read', () => {
  it.each<
    [
      what: string,
      body: string | Buffer<ArrayBuffer> | undefined,
      headers: Record<string, string>,
      status: number,
      message: string,
    ]
  >([
    [
      'is broken JSON',
      '{"query": ',
      json,
      400,
      'The body is not valid JSON. Send {"query": "…", "variables": {…}}.',
    ],
    ['is empty', '', json, 400, 'The body is empty. Send {"query": "…", "variables": {…}}.'],
    ['is null', 'null', json, 400, 'The body must be an object: {"query": "…", "variables": {…}}.'],
    ['is a number', '1', json, 400, 'The body must be an object: {"query": "…", "variables": {…}}.'],
    ['is an empty object', '{}', json, 400, 'The body must be an object: {"query": "…", "variables": {…}}.'],
    ['is a batch', `[${typename}]`, json, 400, 'Send one operation in a request: batches are not answered.'],
    ['is an empty batch', '[]', json, 400, 'Send one operation in a request: batches are not answered.'],
    [
      'is Latin-1 inside',
      Buffer.from('{"query":"{ é }"}', 'latin1'),
      json,
      400,
      'The body is not UTF-8. Send JSON encoded in UTF-8.',
    ],
    [
      'is UTF-16',
      Buffer.from(typename, 'utf16le'),
      json,
      400,
      'The body is not valid JSON. Send {"query": "…", "variables": {…}}.',
    ],
    [
      'is told to be UTF-16',
      Buffer.from(typename, 'utf16le'),
      { 'content-type': 'application/json; charset=utf-16' },
      415,
      'Send JSON encoded in UTF-8, and no other charset.',
    ],
    [
      'is told to be Latin-1',
      typename,
      { 'content-type': 'application/json; charset=iso-8859-1' },
      415,
      'Send JSON encoded in UTF-8, and no other charset.',
    ],
    [
      'is text',
      typename,
      { 'content-type': 'text/plain' },
      415,
      'Send the operation as content-type: application/json.',
    ],
    [
      'is a form',
      'query={__typename}',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'Send the operation as content-type: application/json.',
    ],
    [
      'is a form with a preflight',
      'query={__typename}',
      { 'content-type': 'application/x-www-form-urlencoded', 'apollo-require-preflight': '1' },
      415,
      'Send the operation as content-type: application/json.',
    ],
    [
      'is multipart',
      '--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{}\r\n--b--',
      { 'content-type': 'multipart/form-data; boundary=b' },
      415,
      'Send the operation as content-type: application/json.',
    ],
    [
      'is of no known kind',
      typename,
      { 'content-type': 'nonsense' },
      415,
      'Send the operation as content-type: application/json.',
    ],
    [
      'is of more than 1 MiB',
      `{"query":"${'x'.repeat(1_100_000)}"}`,
      json,
      413,
      'The body is larger than 1 MiB.',
    ],
  ])('because it %s is told so', async (_what, body, headers, status, message) => {
    const answer = await send({ method: 'POST', headers, ...(body !== undefined && { body }) });

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expectRefusal(answer.body, answer.headers.get('x-request-id'), message);
  });

  it('does not reach the graph without a content type', async () => {
    const answer = await send({ method: 'POST', body: new TextEncoder().encode(typename) });

    expect(answer.status).toBe(415);
    expectRefusal(answer.body, answer.headers.get('x-request-id'));
  });

  it('is refused by its length before it arrives', async () => {
    const answered = Promise.withResolvers<string>();
    const request = httpRequest(service.url, {
      method: 'POST',
      headers: { ...json, 'content-length': 50_000_000 },
    });
    request.on('response', (response) =>
      answered.resolve(`${response.statusCode} ${response.headers.connection}`),
    );
    request.flushHeaders();

    expect(await answered.promise).toBe('413 close');
    request.destroy();
  });

  it('of an endless stream is not read to the end', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(65_536, ' ');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(service.url, { method: 'POST', headers: json }, (response) => {
        resolve(response.statusCode);
      });
      request.on('error', reject);
      const write = () => {
        if (sent >= 50_000_000 || request.destroyed) return;
        sent += chunk.length;
        request.write(chunk, () => setImmediate(write));
      };
      write();
    });

    expect(status).toBe(413);
    expect(sent).toBeLessThan(10_000_000);
  });
});

describe('JSON', () => {
  it('is taken with a byte order mark, and with its charset in any case', async () => {
    const bom = await send({ method: 'POST', headers: json, body: `\uFEFF${typename}` });
    const charset = await send({
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=UTF8' },
      body: typename,
    });

    expect([bom.status, charset.status]).toEqual([200, 200]);
  });

  it.each([
    ['__proto__', '{"a":1}'],
    ['constructor', '{"prototype":{"a":1}}'],
    ['toString', 'null'],
  ])(
    'with variables that the operation does not have is taken, whatever they are called: %s',
    async (name, value) => {
      const variables = `{"${name}":${value}}`;
      const body = `{"query":"{ __typename }","variables":${variables},"extensions":${variables},"${name}":${value}}`;

      const posted = await send({ method: 'POST', headers: json, body });
      const got = await send(
        { headers: json },
        `?query={__typename}&variables=${encodeURIComponent(variables)}&${name}=1`,
      );

      expect([posted.body, got.body]).toEqual(Array(2).fill('{"data":{"__typename":"Query"}}\n'));
    },
  );

  it.each(['__proto__', 'constructor', 'toString'])(
    'with an input that has a field %s is told that there is none, and with a variable of that name has it',
    async (name) => {
      const query = 'query ($f: OnboardingSessionFilter) { onboardingSessions(filter: $f) { nodes { id } } }';
      const body = `{"query":${JSON.stringify(query)},"variables":{"f":{"${name}":{"externalCustomerId":"c"}}}}`;
      const named = `query ($${name}: Boolean!) { a: __typename b: __typename @skip(if: $${name}) }`;

      const field = await send({ method: 'POST', headers: json, body });
      const variable = await send({
        method: 'POST',
        headers: json,
        body: `{"query":${JSON.stringify(named)},"variables":{"${name}":true}}`,
      });

      expect(field.body).toContain('It has a field that \\"OnboardingSessionFilter\\" does not define.');
      expect(variable.body).toBe('{"data":{"a":"Query"}}\n');
    },
  );

  it('with a key twice counts the last, as everywhere', async () => {
    const body = '{"query":"{ nothing }","query":"{ __typename }"}';

    expect((await send({ method: 'POST', headers: json, body })).body).toBe(
      '{"data":{"__typename":"Query"}}\n',
    );
  });
});

it('a caller whose accept is empty is answered in JSON', async () => {
  const { status, headers } = await send({
    method: 'POST',
    headers: { ...json, accept: '' },
    body: typename,
  });

  expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
});

describe('a request of another kind', () => {
  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])(
    'by %s is a 405 that says what is allowed',
    async (method) => {
      const answer = await send(
        { method, headers: json, ...(method !== 'OPTIONS' && { body: '{' }) },
        '?a=b',
      );

      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST']);
      expectRefusal(
        answer.body,
        answer.headers.get('x-request-id'),
        'Send an operation by POST, or a query by GET.',
      );
    },
  );

  it('by HEAD is a 405 without a body', async () => {
    const answer = await send({ method: 'HEAD', headers: json }, '?query={__typename}');

    expect([answer.status, answer.headers.get('allow'), answer.body]).toEqual([405, 'GET, POST', '']);
  });

  it('by a GET that a page of another site could send is refused', async () => {
    const answer = await send({}, '?query={__typename}');

    expect(answer.status).toBe(400);
    expectRefusal(
      answer.body,
      answer.headers.get('x-request-id'),
      expect.stringContaining('apollo-require-preflight'),
    );
  });

  it.each(['?query={__typename}&query={__typename}', '?query={__typename}&variables=[', '?variables={}'])(
    'by GET %s is refused',
    async (path) => {
      const answer = await send({ headers: json }, path);

      expect(answer.status).toBe(400);
      expectRefusal(answer.body, answer.headers.get('x-request-id'));
    },
  );

  it('that accepts no JSON is refused before anything is carried out', async () => {
    const before = (await service.requests('incode')).length;
    const query = 'mutation { startOnboardingSession(input: { externalCustomerId: "c" }) { sessionToken } }';

    const answer = await send({
      method: 'POST',
      headers: { ...json, accept: 'text/html' },
      body: JSON.stringify({ query }),
    });

    expect(answer.status).toBe(406);
    expectRefusal(answer.body, answer.headers.get('x-request-id'));
    expect(await service.requests('incode')).toHaveLength(before);
  });

  it.each([
    ['not HTTP', 'HELO example.com\r\n\r\n', 400],
    ['of an unknown method', 'FETCH /graphql HTTP/1.1\r\nhost: localhost\r\n\r\n', 400],
    [
      'of too many headers',
      `GET /graphql HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
    [
      'of too long a URL',
      `GET /graphql?query=${'x'.repeat(20_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`,
      431,
    ],
  ])('that is %s is answered in JSON', async (_what, bytes, status) => {
    const answer = await sendBytes(bytes);

    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expectRefusal(answer.slice(answer.indexOf('\r\n\r\n')), /x-request-id: (.*)\r/.exec(answer)?.[1]);
  });

  it.each(['1.0\r\n', '1.1\r\nhost:\r\n', '1.1\r\nhost: a b\r\n', '1.1\r\nhost: [a\r\n'])(
    'that names no host, as in HTTP/%j, is told so',
    async (head) => {
      await using open = await startService({ access: 'NONE' });

      const answer = await sendBytes(
        `GET /graphql?query={__typename} HTTP/${head}content-type: application/json\r\nconnection: close\r\n\r\n`,
        open,
      );

      expect(answer).toMatch(/^HTTP\/1.1 400 /);
      expectRefusal(
        answer.slice(answer.indexOf('\r\n\r\n')),
        /x-request-id: (.*)\r/.exec(answer)?.[1],
        'The host header names no host.',
      );
    },
  );

  it('whose URL cannot be decoded is told so', async () => {
    const answer = await send({}, '%ZZ');

    expect(answer.status).toBe(400);
    expectRefusal(answer.body, answer.headers.get('x-request-id'), 'The URL cannot be decoded.');
  });
});
