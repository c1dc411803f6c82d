import { describe, expect, it } from 'vitest';

import { callerIn } from '../../../src/web/access/caller-in-token.ts';

const iss = 'https://id.example.com';
/** Claims as a token has them, of which not all are as they should be. */
type Claims = Record<string, unknown>;
const caller = (claims: Claims, callerClaim: string | null = null) =>
  callerIn({ iss, ...claims }, callerClaim);

describe('who calls', () => {
  // What callers sent is stored by these.
  it.each<[string, Claims, string]>([
    ['its subject', { sub: 'client-1' }, 'tYIZ5Fva16urBLLq'],
    ['its subject before its client', { sub: 'client-1', client_id: 'x', azp: 'y' }, 'tYIZ5Fva16urBLLq'],
    ['its subject and its customer', { sub: 'client-1', customer_id: 'customer-1001' }, 'GU9V2gU2RZzbVZKb'],
    ['its subject that is a number', { sub: 7 }, 'byBENpl3MMzinIN2'],
    ['its client', { client_id: 'machine-7', azp: 'y' }, 'VOLERQctnypLd7ru'],
    ['its client where its subject is null', { sub: null, client_id: 'machine-7' }, 'VOLERQctnypLd7ru'],
    ['whom it was issued to', { azp: 'app-9' }, '5UjcCTVxJRDTYWpz'],
  ])('is known by the same id from version to version: by %s', (_what, claims, id) => {
    expect(caller(claims).id).toBe(id);
  });

  it('is somebody else by each claim, also where two of them say the same', () => {
    const same = { sub: 'x', client_id: 'x', azp: 'x', email: 'x' };

    const ids = [
      caller({ sub: 'x' }),
      caller({ client_id: 'x' }),
      caller({ azp: 'x' }),
      caller(same, 'email'),
    ].map(({ id }) => id);

    expect(new Set(ids).size).toBe(4);
    expect(caller(same, 'sub').id).toBe(caller({ sub: 'x' }).id);
  });

  it('is the same with every token, whatever else it says', () => {
    const email = 'jane@example.com';

    const [first, refreshed, other] = [
      caller({ sub: '1', email, auth_time: 1, iat: 1, jti: '1', scope: 'a b' }, 'email'),
      caller({ sub: '2', email, auth_time: 2, iat: 2, jti: '2', scope: 'b a' }, 'email'),
      caller({ sub: '1', email: 'john@example.com' }, 'email'),
    ];

    expect(refreshed.id).toBe(first.id);
    expect(other.id).not.toBe(first.id);
  });

  it.each<[string | null, Claims, names: string, logged: string]>([
    [null, { team: 'a' }, '`sub`, `client_id`, or `azp`', 'sub, client_id, azp'],
    ['email', { sub: 'a' }, '`email`', 'email'],
    ['email', { sub: 'a', email: null }, '`email`', 'email'],
  ])('has to be said: for the claim %j, %j says nobody', (callerClaim, claims, names, logged) => {
    expect(() => caller(claims, callerClaim)).toThrow(
      expect.objectContaining({
        name: 'InvalidToken',
        message: `It has no ${names}, which would say who calls.`,
        expected: { expectedClaim: logged },
      }),
    );
  });

  it.each([[''], [' '], [[]], [['a']], [{}], [true], [0.5], [9_007_199_254_740_992]])(
    'is nobody who is called %j',
    (sub) => {
      expect(() => caller({ sub, client_id: 'machine-7' })).toThrow(
        'Its claim `sub` must be a text, and not empty: it says who calls.',
      );
    },
  );
});
