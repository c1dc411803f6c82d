import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { ifItFits } from '../../src/providers/if-it-fits.ts';

const Answer = z.object({ id: z.string(), note: ifItFits(z.string().min(2)) });

describe('a part that is taken if it fits', () => {
  it('is taken', () => {
    expect(Answer.parse({ id: 'x', note: 'ok' })).toEqual({ id: 'x', note: 'ok' });
  });

  it.each([{}, { note: null }, { note: '' }, { note: 7 }, { note: [] }, { note: { a: 1 } }])(
    'is null where it does not fit: %j',
    (rest) => {
      expect(Answer.parse({ id: 'x', ...rest })).toEqual({ id: 'x', note: null });
    },
  );

  it('makes no part beside it optional', () => {
    expect(Answer.safeParse({ note: 'ok' }).success).toBe(false);
  });
});
