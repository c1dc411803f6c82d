import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startService, type Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

async function idOfAnswerTo(requestId: string) {
  const response = await fetch(service.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': requestId },
    body: '{"query":"{ __typename }"}',
  });
  return response.headers.get('x-request-id');
}

const logged = () =>
  service
    .log()
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { requestId?: string }).requestId);

describe('the id of a request', () => {
  it.each([
    ['a UUID', '3f2b8c1e-9d4a-4c6b-8e2f-7a1b3c5d9e0f'],
    ['a UUID with groups of digits', '12345678-1234-4321-9876-123456789012'],
    ['an identifier of Nginx', '0123456789abcdef0123456789abcdef'],
    ['an identifier of a trace', '4bf92f3577b34da6a3ce929d0e0e4736'],
    ['a ULID', '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
    ['a snowflake', '1541815603606036480'],
    ['words', 'router-id-12345'],
    ['a trace’s parent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
    ['a ULID behind a word', 'req_01ARZ3NDEKTSV4RRFFQ69G5FAV'],
  ])('is kept, in the answer and in the log, where it is %s', async (_what, given) => {
    expect(await idOfAnswerTo(given)).toBe(given);
    expect(logged().at(-1)).toBe(given);
  });

  it.each([
    ['ten digits', 'req-1795833764'],
    ['ten digits that an underscore precedes', 'req_1795833764'],
    ['a phone number', '15555550100'],
    ['a phone number of another country', '442079460958'],
    ['a phone number in groups', 'tel:555-555-0100'],
    ['a phone number with points', '555.555.0100'],
    ['a number of social security', 'for-123-45-6789'],
    ['a phone number with a letter before', 'x15551234567'],
    ['a phone number with a letter behind', '5551234567a'],
    ['a phone number with wide gaps', '555--123--4567'],
    ['a phone number without its area', 'call-555-0100'],
    ['the number of a card', '4111111111111111'],
    ['a UUID and a phone number', '3f2b8c1e-9d4a-4c6b-8e2f-7a1b3c5d9e0f:5550100'],
    ['the head of a token', 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJtYXJpYSJ9.abc'],
    ['a name', 'Maria.Lopez'],
    ['a mail address', 'maria@example.com'],
    ['a name and a space', 'Maria Lopez 1'],
    ['too little', 'short'],
    ['too much', 'x'.repeat(65)],
  ])('is replaced by one of ours, in the answer and in the log, where it is %s', async (_what, given) => {
    const answered = await idOfAnswerTo(given);

    expect(answered).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(logged().at(-1)).toBe(answered);
    expect(service.log()).not.toContain(given);
  });
});
