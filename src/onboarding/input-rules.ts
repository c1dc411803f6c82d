import { z } from 'zod';

import { BadUserInput } from './errors.ts';
import { Refusal } from './refusal.ts';

// Messages never contain the value: an input may be personal data, and messages are logged.

const plainTextMessage = 'must be Unicode text without control characters';

/** Whether this is Unicode, with no control characters but the tab and the ends of lines: PostgreSQL cannot keep U+0000. */
function isPlainText(value: string): boolean {
  return value.isWellFormed() && !/[^\P{Cc}\t\n\r]/u.test(value);
}

/** Text of 1 to `max` characters. */
export function text(max: number) {
  const message = max === 1 ? 'must have 1 character' : `must have 1 to ${max} characters`;
  return z
    .string()
    .max(max, { message, abort: true }) // what is too long is not looked at
    .refine((value) => value.trim() !== '', message)
    .refine(isPlainText, plainTextMessage);
}

/** An optional text of at most `max` characters; null and absence are the same. */
export function optionalText(max: number) {
  return z
    .string()
    .max(max, { message: `must have at most ${max} character${max === 1 ? '' : 's'}`, abort: true })
    .refine(isPlainText, plainTextMessage)
    .nullish()
    .transform((value) => value ?? undefined);
}

/** An optional value under `rule`; null and absence are the same. */
export function optional<T extends z.ZodType>(rule: T) {
  return rule.nullish().transform((value): z.output<T> | undefined => value ?? undefined);
}

/**
 * What the schema puts in where nothing is given counts as not given: it is no word of the caller's, and with another default
 * the same call must still be known for the same.
 */
export function unlessDefault<T>(standard: T): (value: T | undefined) => T | undefined {
  return (value) => (value === standard ? undefined : value);
}

/** An absolute http(s) URL, passed on exactly as given. */
export const httpUrl = z.string().refine(isHttpUrl, 'must be an absolute http:// or https:// URL');

/** Whether this is an absolute http(s) URL of at most 2,048 characters, without white space around or control characters in it. */
function isHttpUrl(value: string): boolean {
  // `new URL` forgives white space and control characters, and http:example.com; a provider does not.
  return /^https?:\/\/[^\s\p{Cc}]+$/iu.test(value) && value.length <= 2_048 && URL.canParse(value);
}

const FIRST_DAY = '1900-01-01';
/** Where on earth a day begins first, UTC+14. */
const EARLIEST_ZONE_MS = 14 * 60 * 60 * 1_000;

/** A date of birth, `yyyy-mm-dd`: a day on which somebody alive can have been born, as far as the calendar tells. */
export const birthDate = z.iso
  .date({ message: 'must be a date that exists, written yyyy-mm-dd', abort: true })
  .refine((date) => date >= FIRST_DAY && date <= latestToday(), `must be a day from ${FIRST_DAY} to today`);

function latestToday(): string {
  return new Date(Date.now() + EARLIEST_ZONE_MS).toISOString().slice(0, 10);
}

/** A well-formed language tag (BCP 47), passed on exactly as given: which languages there are is the provider's to say. */
export const languageTag = z
  .string()
  .refine(isLanguageTag, 'must be a language tag, for example en, en-US or es-419');

/** Well-formed by BCP 47 (RFC 5646, 2.1), and none to `Intl`: private use, the irregular ones, and extended languages (`zh-yue`). */
const PRIVATE_USE = /^x(?:-[a-z\d]{1,8})+$/i;
const IRREGULAR =
  /^(?:en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)|sgn-(?:be-fr|be-nl|ch-de))$/i;
const EXTENSION = /(?<=^[a-z]{2,3})(?:-[a-z]{3}){1,3}(?=-|$)/i;

function isLanguageTag(tag: string): boolean {
  if (tag.length > 100) return false;
  if (PRIVATE_USE.test(tag) || IRREGULAR.test(tag)) return true;
  try {
    return Intl.getCanonicalLocales(tag.replace(EXTENSION, '')).length === 1;
  } catch {
    return false;
  }
}

/** An idempotency key: what fits into Increase's header holds for all. */
export const idempotencyKey = optional(
  z.string().regex(/^[\x20-\x7e]{1,200}$/, 'must have 1 to 200 printable ASCII characters'),
);

/** A customer's id in the caller's own system: Relay's limit of 100 characters for a ccid holds for all. */
export const customerId = text(100);

const PROVIDER_ID = /^[\w.~-]{1,200}$/;
const providerIdMessage = 'must be an id: 1 to 200 letters, digits, `_`, `-`, `.` or `~`';

/** An id that a provider gave; it may become part of a provider's path. */
export const providerId = z.string().refine(isProviderId, providerIdMessage);

function isProviderId(id: string): boolean {
  return PROVIDER_ID.test(id) && id !== '.' && id !== '..';
}

/** The id of a query's argument or of a representation. @throws {BadUserInput} when no provider can have given it. */
export function checkedId(id: unknown): string {
  const given = stringGiven('`id`', id);
  if (!isProviderId(given)) throw new BadUserInput(`\`id\` ${providerIdMessage}.`);
  return given;
}

/** The id of a customer in a filter or a representation. @throws {BadUserInput} when it can be nobody's. */
export function checkedCustomerId(id: unknown): string {
  const given = stringGiven('The customer id', id);
  if (!customerId.safeParse(given).success)
    throw new BadUserInput(`The customer id must have 1 to 100 characters, and ${plainTextMessage}.`);
  return given;
}

/** A representation can hold anything, or nothing. What an `ID` may be elsewhere, a key may be here. */
function stringGiven(name: string, value: unknown): string {
  if (value === undefined || value === null) throw new BadUserInput(`${name} is missing.`);
  if (isInexactId(value)) throw new BadUserInput(`${name} ${INEXACT_ID}.`);
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw new BadUserInput(`${name} must be a string.`);
  return value;
}

/** What is wrong with an id that is a number and {@link isInexactId}. */
export const INEXACT_ID =
  'must be given as a string: as a number it is rounded, unless it is written in digits alone and at most 9007199254740991';

/**
 * Whether an id is a number that JSON may not have kept as it was written. It keeps whole ones up to 2^53 - 1; one that was written
 * otherwise and became whole (`1e2`, `0.99999999999999999999`) arrives as a `bigint`.
 */
export function isInexactId(id: unknown): boolean {
  return (
    typeof id === 'bigint' || (typeof id === 'number' && (!Number.isSafeInteger(id) || Object.is(id, -0)))
  );
}

const MAX_ENTRIES = 50;

/** A list of at most 50 entries, none of which is looked at when there are more. */
export function list<T extends z.ZodType>(entry: T) {
  return z
    .array(z.unknown())
    .max(MAX_ENTRIES, `must have at most ${MAX_ENTRIES} entries`)
    .pipe(z.array(entry));
}

/** Named values, each name once, as an object in the order given. */
export function namedValues(maxValue: number, { prefix = '' }: { prefix?: string } = {}) {
  const message = `must have at most ${maxValue} characters`;
  return list(
    z.object({
      name: text(100),
      value: z.string().max(maxValue, { message, abort: true }).refine(isPlainText, plainTextMessage),
    }),
  )
    .transform((pairs) => pairs.map(({ name, value }) => ({ name: withPrefix(prefix, name), value })))
    .superRefine((pairs, context) => {
      const names = new Set<string>();
      pairs.forEach(({ name }, index) => {
        if (names.has(name)) {
          context.addIssue({ code: 'custom', path: [index, 'name'], message: 'is given more than once' });
        }
        names.add(name);
      });
    })
    .transform((pairs): Record<string, string> =>
      Object.fromEntries(pairs.map(({ name, value }) => [name, value])),
    );
}

function withPrefix(prefix: string, name: string): string {
  return name.startsWith(prefix) ? name : prefix + name;
}

/** More than anybody reads, and few enough to answer. */
const MAX_PROBLEMS = 50;

/** Checks a mutation's input against its rules. @throws {Refusal} with one INVALID_INPUT for every problem at once. */
export function checked<Rules extends z.ZodType>(rules: Rules, input: unknown): z.output<Rules> {
  const result = rules.safeParse(input);
  if (result.success) return result.data;
  throw new Refusal(
    result.error.issues.slice(0, MAX_PROBLEMS).map(({ path, message }) => ({
      code: 'INVALID_INPUT',
      message: sentence(path, message),
      field: ['input', ...path.map(String)],
    })),
  );
}

function sentence(path: readonly PropertyKey[], message: string): string {
  const name = path.findLast((segment) => typeof segment === 'string');
  return `${name ?? 'input'} ${message}.`;
}
