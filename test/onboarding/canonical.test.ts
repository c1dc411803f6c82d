import { expect, it } from 'vitest';

import { canonical } from '../../src/onboarding/canonical.ts';

it.each<[string, unknown, unknown]>([
  ['in another order', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
  ['with null for what is not given', { a: 1 }, { a: 1, b: null }],
  ['with undefined for what is not given', { a: [{ b: 1 }] }, { a: [{ c: undefined, b: 1 }] }],
  ['with an empty list for what is not given', { a: 1 }, { a: 1, b: [] }],
  ['with an empty object for what is not given', { a: [{ b: 1 }] }, { a: [{ b: 1, c: {} }] }],
  ['with an object of nothing but what is not given', { a: 1 }, { a: 1, b: { c: null, d: [] } }],
])('words %s are the same words', (_how, one, other) => {
  expect(canonical(other)).toBe(canonical(one));
});

it.each<[string, unknown, unknown]>([
  ['with another value', { a: '1' }, { a: '2' }],
  ['of another type', { a: '1' }, { a: 1 }],
  ['with a list in another order', { a: ['x', 'y'] }, { a: ['y', 'x'] }],
  ['with something empty in a list', { a: [{}] }, { a: [] }],
  ['with an empty text in the place of nothing', { a: '' }, {}],
  ['with a name that objects have by themselves', JSON.parse('{"__proto__":"x"}'), {}],
])('words %s are other words', (_how, one, other) => {
  expect(canonical(other)).not.toBe(canonical(one));
});
