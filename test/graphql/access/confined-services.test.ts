import { describe, expect, it } from 'vitest';

import { confinedTo } from '../../../src/graphql/access/confined.ts';
import type { Services } from '../../../src/graphql/services.ts';

type Method = () => void;

/** A port with one method more than anybody thought of. */
function port(...methods: string[]): Record<string, Method> {
  return Object.fromEntries([...methods, 'surprise'].map((name) => [name, () => undefined]));
}

/** What there is, and a service and methods that nobody thought of. Nothing of it is called. */
const services = {
  ...port(
    'cursors',
    'customer',
    'providersHealth',
    'startOnboardingSession',
    'completeOnboardingSession',
    'createEntityOnboardingSession',
    'expireEntityOnboardingSession',
    'submitEntityOnboardingSession',
    'onboardCustomer',
  ),
  identityChecks: port('status', 'score', 'start', 'complete'),
  onboardingSessions: port('getMany', 'tokens', 'list', 'adding', 'completing'),
  entityOnboardingSessions: port('get', 'list', 'create', 'expire', 'submit'),
  entities: port('get'),
  programs: port('get'),
  links: port('list', 'among', 'adding'),
  customerOnboards: port('getMany', 'list', 'adding'),
} as unknown as Services & { readonly surprise: Method };

/** `links.list` and the like, with what stands there. */
function methodsOf(all: object): Map<string, unknown> {
  return new Map(
    Object.entries(all).flatMap(([name, value]): [string, unknown][] =>
      typeof value === 'function'
        ? [[name, value]]
        : Object.entries(value as object).map(([method, of]) => [`${name}.${method}`, of]),
    ),
  );
}

describe('confinedTo', () => {
  it('hands on no service, and no method of one, as it is', () => {
    const given = methodsOf(services);
    const confined = methodsOf(confinedTo('jane', services));

    expect([...confined.keys()].filter((name) => confined.get(name) === given.get(name))).toEqual([]);
  });

  it('has nothing that nobody thought of, and nothing that writes past the mutations', () => {
    const names = [...methodsOf(confinedTo('jane', services)).keys()];

    expect(names.filter((name) => /surprise|\.(?!get|list|among|tokens|status|score)/.test(name))).toEqual(
      [],
    );
    expect(names.length).toBeGreaterThan(15);
  });

  it('does not compile where a service has no place in it', () => {
    // @ts-expect-error the new one is not among the confined
    const forgotten: Services & { readonly surprise: Method } = confinedTo('jane', services);

    expect(forgotten).not.toHaveProperty('surprise');
  });
});
