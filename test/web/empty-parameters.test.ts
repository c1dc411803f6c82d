import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from '../support/service.ts';

const json = { 'content-type': 'application/json' };
const query = 'query Named { __typename }';
const answered = [200, '{"data":{"__typename":"Query"}}\n'];

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

async function get(parameters: Record<string, string>, { url } = service) {
  const response = await fetch(`${url}?${new URLSearchParams(parameters).toString()}`, { headers: json });
  return [response.status, await response.text()];
}

async function post(body: object) {
  const response = await fetch(service.url, { method: 'POST', headers: json, body: JSON.stringify(body) });
  return [response.status, await response.text()];
}

const hash = createHash('sha256').update(query).digest('hex');
const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };

describe('a parameter that is there and empty', () => {
  it.each(['operationName', 'variables', 'extensions'])('counts as absent in a URL: %s', async (name) => {
    expect(await get({ query, [name]: '' })).toEqual(answered);
  });

  it('counts as absent in a URL, all of them at once, and what is not empty keeps its value', async () => {
    const one = 'query One($a: Boolean!) { a: __typename @include(if: $a) } query Two { two: __typename }';

    expect(await get({ query: one, operationName: 'One', variables: '{"a":true}', extensions: '' })).toEqual([
      200,
      '{"data":{"a":"Query"}}\n',
    ]);
    expect(await get({ query, operationName: '', variables: '', extensions: '' })).toEqual(answered);
  });

  it('counts as absent in a body where it is the name', async () => {
    expect(await post({ query, operationName: '' })).toEqual(answered);
    expect(await post({ query, operationName: null, variables: null, extensions: null })).toEqual(answered);
  });

  it('is no object, so that empty variables in a body are refused', async () => {
    const [status, body] = await post({ query, variables: '' });

    expect([status, body]).toEqual([400, expect.stringContaining('variables')]);
  });

  it('counts as absent where it is the text of a query that is named by its hash', async () => {
    await post({ query, extensions });

    expect(await post({ query: '', extensions })).toEqual(answered);
    expect(await get({ query: '', extensions: JSON.stringify(extensions) })).toEqual(answered);
  });

  it('counts as absent for trusted documents, too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'onboarding-empty-'));
    writeFileSync(join(folder, 'relay.json'), JSON.stringify({ [hash]: query }));
    await using trusting = await startService({ trustedDocuments: join(folder, 'relay.json') });

    expect(await get({ id: hash, query: '', operationName: '', variables: '' }, trusting)).toEqual(answered);
    rmSync(folder, { recursive: true });
  });
});
