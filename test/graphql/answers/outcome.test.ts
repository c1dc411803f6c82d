import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { buildSchema, graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { mutation } from '../../../src/graphql/answers/payload.ts';
import { Forbidden, OutcomeNotStored } from '../../../src/onboarding/errors.ts';
import { startService, type GraphqlAnswer, type Service } from '../../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const START =
  'mutation ($key: ID) { startOnboardingSession(input: { idempotencyKey: $key }) { onboardingSession { id status } userErrors { code } } }';
const COMPLETE =
  'mutation ($id: ID!) { completeOnboardingSession(input: { id: $id }) { userErrors { code } } }';

const outcomesOf = ({ errors }: GraphqlAnswer) =>
  errors?.map(({ path, extensions }) => [path?.join('.'), extensions['code'], extensions['outcome']]);

describe('the error of a mutation', () => {
  it.each([
    ['UNKNOWN', 'got no answer', { drop: 'after' }, 'PROVIDER_UNAVAILABLE'],
    ['UNKNOWN', 'was answered with 500', { status: 500 }, 'PROVIDER_UNAVAILABLE'],
    ['UNKNOWN', 'was answered with nonsense', { status: 200, body: [] }, 'PROVIDER_UNAVAILABLE'],
    ['NOT_CARRIED_OUT', 'was refused for our key', { status: 401 }, 'PROVIDER_UNAVAILABLE'],
    ['NOT_CARRIED_OUT', 'was throttled', { status: 429 }, 'PROVIDER_RATE_LIMITED'],
  ])('tells %s when it %s', async (outcome, _what, fault, code) => {
    await service.fault('incode', { match: '/omni/start', ...fault });

    expect(outcomesOf(await service.query(START))).toEqual([['startOnboardingSession', code, outcome]]);
  });

  it('tells UNKNOWN when its time is up after it was sent', async () => {
    await using hasty = await startService({ operationTimeoutMs: 300 });
    await hasty.fault('incode', { match: '/omni/start', delayMs: 1_000 });

    expect(outcomesOf(await hasty.query(START))).toEqual([
      ['startOnboardingSession', 'PROVIDER_TIMEOUT', 'UNKNOWN'],
    ]);
  });

  it('tells UNKNOWN when it cannot be found out, though the reading certainly did nothing', async () => {
    const { data } = await service.query(START);
    const { id } = data.startOnboardingSession.onboardingSession;
    await service.fault('incode', { match: '/omni/finish-status', drop: 'after' });
    await service.query(COMPLETE, { id });
    await service.fault('incode', { match: '/status', status: 429, times: 3 });

    expect(outcomesOf(await service.query(COMPLETE, { id }))).toEqual([
      ['completeOnboardingSession', 'PROVIDER_RATE_LIMITED', 'UNKNOWN'],
    ]);
  });

  it('says nothing of it within the payload: what could not be read there was carried out', async () => {
    await using other = await startService(); // the one of these tests is being throttled
    await other.fault('incode', { match: '/status', status: 500, times: 3 });

    const answer = await other.query(START);

    expect(answer.data.startOnboardingSession.userErrors).toEqual([]);
    expect(outcomesOf(answer)).toEqual([
      ['startOnboardingSession.onboardingSession.status', 'PROVIDER_UNAVAILABLE', undefined],
    ]);
  });

  it.each([
    ['NOT_CARRIED_OUT', 'without a key', undefined],
    ['UNKNOWN', 'with a key, under which it may have been sent before', 'key'],
  ])('tells %s when the store cannot be written %s', async (outcome, _how, key) => {
    const folder = mkdtempSync(join(tmpdir(), 'onboarding-held-'));
    const file = join(folder, 'onboarding.db');
    const hasty = await startService({
      databaseUrl: `sqlite:${file}`,
      encryptionKeys: [Buffer.alloc(32, 1)],
      operationTimeoutMs: 300,
    });
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE'); // a process that was stopped while it wrote

    const answer = await hasty.query(START, { key });
    other.exec('ROLLBACK');
    other.close();
    const requests = await hasty.requests('incode');
    await hasty.stop();
    rmSync(folder, { recursive: true });

    expect(outcomesOf(answer)).toEqual([['startOnboardingSession', 'INTERNAL_SERVER_ERROR', outcome]]);
    expect(answer.errors?.[0]?.message).toMatch(/so this request sent nothing\. Repeat it later/);
    expect(requests).toEqual([]);
  });

  const schema = buildSchema(`
    type Query { a: Int }
    input Input { idempotencyKey: ID }
    type Payload { userErrors: [String!]! }
    type Mutation { m(input: Input!): Payload }
  `);
  const ended = async (error: Error, { isRecorded }: { isRecorded: boolean }) => {
    const m = mutation('RELAY', async (_input, _context, call) => {
      if (isRecorded) call.onRecorded?.();
      return Promise.reject(error);
    });
    schema.getMutationType()!.getFields()['m']!.resolve = m;
    const call = { signal: new AbortController().signal, caller: '' };
    const { errors } = await graphql({
      schema,
      source: 'mutation { m(input: {}) { userErrors } }',
      contextValue: { call },
    });
    return errors?.map(({ path, extensions, originalError }) => ({ path, extensions, originalError }));
  };

  it.each([
    ['what became of it could not be stored', new OutcomeNotStored(undefined)],
    ['of a fault of our own', new TypeError('a bug')],
  ])('tells UNKNOWN when it may have been sent, and %s', async (_what, error) => {
    expect(await ended(error, { isRecorded: true })).toEqual([
      { path: ['m'], extensions: { outcome: 'UNKNOWN' }, originalError: error },
    ]);
  });

  it('says nothing of it when it is the caller’s own', async () => {
    const error = new Forbidden('Not yours.');

    expect(await ended(error, { isRecorded: false })).toEqual([
      { path: ['m'], extensions: {}, originalError: error },
    ]);
  });
});

it('the error of a query says nothing of an outcome', async () => {
  await service.fault('increase', { match: 'GET /entity_onboarding_sessions', status: 500, times: 3 });

  expect(outcomesOf(await service.query('{ entityOnboardingSessions { nodes { id } } }'))).toEqual([
    ['entityOnboardingSessions', 'PROVIDER_UNAVAILABLE', undefined],
  ]);
});
