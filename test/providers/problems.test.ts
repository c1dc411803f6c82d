import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { problemsOf } from '../../src/providers/problems.ts';

const Answer = z.object({
  message: z.string(),
  results: z.record(z.string(), z.union([z.string(), z.object({ status: z.string() })])).nullish(),
  lists: z.array(z.object({ numbers: z.record(z.string().max(12), z.object({ kind: z.string() })) })),
  date: z.string().transform((value) => new Date(value)),
});
const fitting = { message: '', results: {}, lists: [], date: '' };

const problemsIn = (answer: unknown) => {
  const { error } = Answer.safeParse(answer);
  return error && problemsOf(Answer, error);
};

describe('what is wrong with an answer', () => {
  it('is told by where it is', () => {
    expect(problemsIn({ ...fitting, message: 1, date: null })).toBe(
      'message: invalid_type, date: invalid_type',
    );
    expect(problemsIn(undefined)).toBe('body: invalid_type');
  });

  it.each([
    '25551234567',
    '+44 20 7946 0958',
    '555-123-4567',
    'Maria Lopez',
    'maria@example.com',
    '__proto__x',
  ])('is told without the name of an entry: %s', (name) => {
    const results = { [name]: 7 };
    const numbers = { [name]: { kind: 1 } };

    const problems = problemsIn({ ...fitting, results, lists: [{ numbers }] });

    expect(problems).toMatch(
      /^results\.\*: invalid_union, lists\.0\.numbers\.\*(\.kind: invalid_type|: invalid_key)/,
    );
  });
});
