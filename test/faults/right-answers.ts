import type { FaultName } from './faults.ts';

/** How a call may be repeated: a read, a write that the provider knows again by its key, and one that it does not. */
export type Kind = 'read' | 'keyed' | 'once';

type Code = 'PROVIDER_UNAVAILABLE' | 'PROVIDER_TIMEOUT' | 'PROVIDER_RATE_LIMITED';
type Outcome = 'NOT_CARRIED_OUT' | 'UNKNOWN' | 'EITHER';

/** What is right: how it ends, and how often the provider may be asked. */
export interface Right {
  /** Null: it is answered. */
  readonly code: Code | null;
  /** Of a write that is not answered. */
  readonly outcome?: Outcome;
  /** Exactly; a pair: at the least, and at the most. */
  readonly requests: number | readonly [number, number];
  /** What the caller is told to wait, at the least and at the most. */
  readonly retryAfterSeconds?: readonly [number, number];
}

type Row = Record<Kind, Right>;

const failed = (code: Code, requests: Right['requests'], outcome?: Outcome): Right => ({
  code,
  requests,
  ...(outcome && { outcome }),
});
const answered = (requests: number): Right => ({ code: null, requests });

/** An attempt that may pass: what may be repeated is, three times in all; a write may have been carried out. */
const maybePasses = (code: Code): Row => ({
  read: failed(code, 3),
  keyed: failed(code, 3, 'UNKNOWN'),
  once: failed(code, 1, 'UNKNOWN'),
});

/** Asked once: the answer would be the same again. */
const same = (read: Right, write: Right): Row => ({ read, keyed: write, once: write });
/** A yes that cannot be read: whether it was carried out is not known. */
const unreadable = same(failed('PROVIDER_UNAVAILABLE', 1), failed('PROVIDER_UNAVAILABLE', 1, 'UNKNOWN'));
/** What is wrong with it does not matter. */
const harmless = same(answered(1), answered(1));

const inAMinute = { retryAfterSeconds: [59, 60] } as const;
const throttled = same(
  { ...failed('PROVIDER_RATE_LIMITED', 1), ...inAMinute },
  { ...failed('PROVIDER_RATE_LIMITED', 1, 'NOT_CARRIED_OUT'), ...inAMinute },
);

/** Written down from what the providers promise, and not from what the service does. */
export const rightAnswers: Record<FaultName, Row> = {
  // Nothing was sent, so that even what goes out once may be tried again; and nothing arrives.
  'connections refused': same(
    failed('PROVIDER_UNAVAILABLE', 0),
    failed('PROVIDER_UNAVAILABLE', 0, 'NOT_CARRIED_OUT'),
  ),
  // Whether the reset is seen before the first byte is written is chance: then nothing was sent, else it is not known.
  'reset before the request': {
    read: failed('PROVIDER_UNAVAILABLE', 3),
    keyed: failed('PROVIDER_UNAVAILABLE', 3, 'EITHER'),
    once: failed('PROVIDER_UNAVAILABLE', [1, 3], 'EITHER'),
  },
  'reset after the request': maybePasses('PROVIDER_UNAVAILABLE'),
  'hangs before headers': maybePasses('PROVIDER_TIMEOUT'),
  'hangs in the body': maybePasses('PROVIDER_TIMEOUT'),
  'one byte at a time': maybePasses('PROVIDER_TIMEOUT'),
  'truncated JSON': unreadable,
  'HTML with 200': unreadable,
  'JSON as text/plain': harmless,
  'HTML with 502': maybePasses('PROVIDER_UNAVAILABLE'),
  '200 with an error': unreadable,
  '429 with seconds': throttled,
  '429 with a date': throttled,
  '429 with a hint in the body': throttled,
  // A 5xx says nothing about what was carried out.
  '500': maybePasses('PROVIDER_UNAVAILABLE'),
  '503 that heals': {
    read: answered(2),
    keyed: answered(2),
    once: failed('PROVIDER_UNAVAILABLE', 1, 'UNKNOWN'),
  },
  // A redirect to the same path elsewhere was certainly not carried out, and is not followed.
  '301 to elsewhere': same(
    failed('PROVIDER_UNAVAILABLE', 1),
    failed('PROVIDER_UNAVAILABLE', 1, 'NOT_CARRIED_OUT'),
  ),
  '204': unreadable,
  '20 MB': unreadable,
  'bad UTF-8 in its structure': unreadable,
  'bad UTF-8 in a text': harmless,
  'an unknown enum value': harmless,
  'every field missing': unreadable,
  'extra fields': harmless,
  'duplicate keys': harmless,
  'a BOM': harmless,
};

/** `retry_after` in the body is Increase's way alone: the others are asked again after the second that a bare 429 counts for. */
export const bareThrottle: Row = {
  read: failed('PROVIDER_RATE_LIMITED', 3),
  keyed: failed('PROVIDER_RATE_LIMITED', 3, 'NOT_CARRIED_OUT'),
  once: failed('PROVIDER_RATE_LIMITED', 1, 'NOT_CARRIED_OUT'),
};
