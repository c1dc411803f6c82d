import { z } from 'zod';

/** A moment as Increase writes it: RFC 3339, ending in `Z` or an offset. */
export const wireDate = z.iso.datetime({ offset: true }).transform((value) => new Date(value));
