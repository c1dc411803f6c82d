import { z } from 'zod';

// What variables are made of. The messages follow the variable's name, and never hold its value.

export const onOrOff = z.enum(['on', 'off'], 'must be on or off').transform((value) => value === 'on');

export const httpUrl = z
  .string()
  .refine(
    (value) => /^https?:\/\//.test(value) && URL.canParse(value),
    'must be an http(s) URL, for example https://api.example.com',
  );

/** Fetch and undici refuse to send anything else in a header. */
export const credential = z.string().regex(/^[\x21-\x7e]+$/, 'must consist of printable ASCII characters');

export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}
