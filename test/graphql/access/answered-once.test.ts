import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startIssuer, type Issuer } from '../../support/issuer.ts';
import { startService, type Service } from '../../support/service.ts';

let issuer: Issuer;
let service: Service;
beforeAll(async () => {
  issuer = await startIssuer();
  service = await startService({ access: issuer.config });
});
afterAll(async () => {
  await service.stop();
  await issuer[Symbol.asyncDispose]();
});

const ask = async (query: string, scope: string, variables = {}) =>
  service.query(query, variables, { authorization: `Bearer ${await issuer.token({ scope })}` });
const sent = async () => (await service.requests('incode')).length;

const WITHOUT_SECRETS = 'onboarding:read onboarding:write';
const starting = (selection: string, rest = '') =>
  `mutation Start($with: Boolean = true) { startOnboardingSession(input: {}) { __typename @skip(if: $with) userErrors { code } ${selection} } } ${rest}`;

describe('a token that the caller may not see', () => {
  it.each([
    ['by its name', starting('sessionToken')],
    ['under another name', starting('hidden: sessionToken')],
    ['in a fragment', starting('...F', 'fragment F on StartOnboardingSessionPayload { sessionToken }')],
    [
      'in a fragment without a name',
      starting('... on StartOnboardingSessionPayload { ... { sessionToken } }'),
    ],
    ['under a condition that holds', starting('sessionToken @include(if: $with)')],
  ])('has its session refused before it is started, asked for %s', async (_how, query) => {
    const before = await sent();

    const { data, errors } = await ask(query, WITHOUT_SECRETS);

    expect(data).toEqual({ startOnboardingSession: null });
    expect(errors).toMatchObject([
      {
        message:
          'Nothing was sent, because `sessionToken` is answered here alone. Your access token lacks a scope for this. It needs onboarding:secrets.',
        path: ['startOnboardingSession'],
        extensions: { code: 'FORBIDDEN' },
      },
    ]);
    expect(await sent()).toBe(before);
  });

  it.each([
    ['at all', starting('onboardingSession { id }'), {}],
    ['because it is skipped', starting('sessionToken @skip(if: true)'), {}],
    ['because it is not included', starting('sessionToken @include(if: $with)'), { with: false }],
    [
      'because its fragment is not included',
      starting('...F @include(if: $with)', 'fragment F on StartOnboardingSessionPayload { sessionToken }'),
      { with: false },
    ],
  ])('holds nothing up where it is not asked for %s', async (_why, query, variables) => {
    const before = await sent();

    const { data, errors } = await ask(query, WITHOUT_SECRETS, variables);

    expect(errors).toBeUndefined();
    expect(data.startOnboardingSession.userErrors).toEqual([]);
    expect(await sent()).toBe(before + 1);
  });

  it('is answered to whoever may see it', async () => {
    const { data } = await ask(starting('sessionToken'), `${WITHOUT_SECRETS} onboarding:secrets`);

    expect(data.startOnboardingSession.sessionToken).toMatch(/.{20}/);
  });
});
