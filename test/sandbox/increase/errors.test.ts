import { describe, expect, it } from 'vitest';
import { sandboxIncrease } from '../../../src/sandbox/seeds.ts';
import { increase, newSession } from '../support/increase.ts';
import { send } from '../support/send.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const sandbox = useSandbox();
const sessions = '/entity_onboarding_sessions';

describe('a key', () => {
  it('is missed', async () => {
    const answer = await send(sandbox().increase.url, `GET ${sessions}`);

    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({
      type: 'invalid_api_key_error',
      title: expect.any(String),
      detail: null,
      status: 401,
      reason: 'no_header',
    });
  });

  it.for([
    ['Bearer wrong', 401, 'invalid_api_key_error'],
    [`Basic ${sandboxIncrease.apiKey}`, 401, 'invalid_api_key_error'],
    ['Bearer production_key', 403, 'environment_mismatch_error'],
  ] as const)('is refused as %s', async ([authorization, status, type]) => {
    const answer = await increase(sandbox(), `GET ${sessions}`, { headers: { authorization } });

    expect(answer).toMatchObject({ status, body: { type, status } });
  });

  it('may be for reading alone', async () => {
    const headers = { authorization: `Bearer ${sandboxIncrease.restrictedApiKey}` };
    const reading = await increase(sandbox(), `GET ${sessions}`, { headers });
    const writing = await increase(sandbox(), `POST ${sessions}`, { headers, body: newSession });

    expect(reading.status).toBe(200);
    expect(writing).toMatchObject({
      status: 403,
      body: { type: 'insufficient_permissions_error', status: 403 },
    });
  });
});

describe('a body', () => {
  it.for([
    ['breaks off', '{"program_id'],
    ['is an array', []],
    ['is text', '"text"'],
    ['is empty', ''],
  ] as const)('is malformed when it %s', async ([, body]) => {
    const answer = await increase(sandbox(), `POST ${sessions}`, { body });

    expect(answer).toMatchObject({ status: 400, body: { type: 'malformed_request_error', status: 400 } });
  });

  it('is malformed when it is not said to be JSON', async () => {
    const answer = await increase(sandbox(), `POST ${sessions}`, {
      body: JSON.stringify(newSession),
      headers: { 'content-type': 'text/plain' },
    });

    expect(answer).toMatchObject({ status: 400, body: { type: 'malformed_request_error' } });
  });

  it('is malformed when it is larger than a megabyte', async () => {
    const body = { ...newSession, redirect_url: `https://example.com/${'x'.repeat(2 ** 20)}` };
    const answer = await increase(sandbox(), `POST ${sessions}`, { body });

    expect(answer).toMatchObject({ status: 400, body: { type: 'malformed_request_error' } });
  });

  it.for([
    ['program_id', { program_id: undefined }],
    ['program_id', { program_id: 1 }],
    ['redirect_url', { redirect_url: undefined }],
    ['redirect_url', { redirect_url: '/relative' }],
    ['redirect_url', { redirect_url: 'javascript:alert(1)' }],
    ['entity_id', { entity_id: null }],
  ] as const)('needs a valid %s', async ([field, more]) => {
    const answer = await increase(sandbox(), `POST ${sessions}`, { body: { ...newSession, ...more } });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ type: 'invalid_parameters_error', errors: [{ field }] });
  });
});

describe('an id that nobody knows', () => {
  it.for([
    ['GET', `${sessions}/unknown`],
    ['GET', `${sessions}/${'x'.repeat(500)}`],
    ['POST', `${sessions}/unknown/expire`],
    ['POST', '/simulations/entity_onboarding_sessions/unknown/submit'],
    ['GET', '/entities/unknown'],
    ['GET', '/programs/unknown'],
  ] as const)('is not found by %s %s', async ([method, path]) => {
    const answer = await increase(sandbox(), `${method} ${path}`);

    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({
      type: 'object_not_found_error',
      status: 404,
      likely_environment: null,
    });
  });

  it.for([{ program_id: 'program_unknown' }, { entity_id: 'entity_unknown' }])(
    'is not found in a new session: %o',
    async (more) => {
      const answer = await increase(sandbox(), `POST ${sessions}`, { body: { ...newSession, ...more } });

      expect(answer).toMatchObject({ status: 404, body: { type: 'object_not_found_error' } });
    },
  );
});

describe('a method that there is not', () => {
  it.for(['GET /unheard-of', `DELETE ${sessions}`, 'GET /%', 'POST /unheard-of'])(
    'is %s',
    async (request) => {
      const answer = await increase(sandbox(), request);

      expect(answer).toMatchObject({
        status: 404,
        body: { type: 'api_method_not_found_error', status: 404 },
      });
    },
  );
});

describe('an error that has no cause here', () => {
  it.for([
    [403, { type: 'private_feature_error', title: 'Private', detail: null, status: 403 }],
    [429, { type: 'rate_limited_error', title: 'Slow down', detail: null, status: 429, retry_after: 3 }],
    [500, { type: 'internal_server_error', title: 'Broken', detail: null, status: 500 }],
  ] as const)('comes as a fault: %i', async ([status, body]) => {
    await send(sandbox().increase.url, 'POST /_faults', { body: { match: sessions, status, body } });

    const answer = await increase(sandbox(), `GET ${sessions}`);

    expect({ status: answer.status, body: answer.body }).toEqual({ status, body });
    expect(answer.headers.get('content-type')).toContain('application/json');
  });
});
