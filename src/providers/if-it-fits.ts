import type { z } from 'zod';

import { notice } from './drift.ts';

/**
 * A part of an answer that is taken if it fits, and null if not. For whatever a write's answer can do without: what was
 * carried out is not to be lost for a decoration. In a read it would tell that there is nothing where there is something.
 */
export function ifItFits<Part extends z.ZodType>(part: Part) {
  return part
    .nullish()
    .transform((value): z.output<Part> | null => value ?? null)
    .catch(({ value }) => {
      if (value !== '') notice('wrong_shape'); // Incode's way to say that there is nothing
      return null;
    });
}
