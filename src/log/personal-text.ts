const MASK = '[redacted]';

/** What looks like a phone number and is none: it is found first, and stays. */
const KEPT = [
  String.raw`[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}`, // a UUID
  String.raw`(?=\d*[a-f])[\da-f]{16,64}`, // a trace's id, a hash
  String.raw`\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?(?!-)`, // a date or a moment
  String.raw`\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?!\.)`, // an IPv4 address, and its port
];

const PERSONAL = [
  String.raw`bearer\s+[\w.~+/=-]+`,
  String.raw`[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,}`, // an e-mail address
  String.raw`\d{3}-\d\d-\d{4}`, // a social security number
  String.raw`\+?\d{10,15}`, // a phone number in one
  String.raw`\p{L}{0,3}_?\d{10,15}[\p{L}_]{0,64}`, // and within a word
];

const GAP = String.raw`[\s.\u2010-\u2013-]`;

/** Perhaps a phone number: a host's name (`ip-10-20-30-123`) has groups, too. Each repetition has an end, so that no text takes long. */
const GROUPS = [
  String.raw`(?:\+?\d{1,3}${GAP}{0,2})?\(\d{1,5}\)${GAP}{0,2}\d{2,10}(?:${GAP}{1,2}\d{2,10}){0,5}`,
  String.raw`(?<![\p{L}\p{N}_]-)\d{1,5}(?:${GAP}{1,2}\d{2,10}){1,6}(?!-\p{L})`,
  String.raw`\+\d{1,9}(?:${GAP}{1,2}\d{1,10}){0,7}`,
];

const FOUND = new RegExp(
  [
    String.raw`(?<=://)(?<userInfo>[^\s/@]+)@`, // before a URL's host, which stays
    String.raw`(?<![\p{L}\p{N}_])(?<!\d\.)(?:(?<kept>${KEPT.join('|')})|(?<personal>${PERSONAL.join('|')})|(?<groups>${GROUPS.join('|')}))(?![\p{L}\p{N}_])`,
  ].join('|'),
  'giu',
);

/** The fewest digits of a phone number with its country's, and without. */
const MIN_DIGITS = { international: 7, national: 9 };
const MAX_DIGITS = 15;

/** A text without phone numbers, e-mail addresses, social security numbers, bearer credentials, and what stands before a URL's host. */
export function withoutPersonalText(text: string): string {
  return text.replace(FOUND, (match, ...rest) => {
    const { kept, groups, userInfo } = rest.at(-1) as Record<string, string | undefined>;
    if (kept !== undefined || (groups !== undefined && !isPhoneNumber(groups))) return match;
    return userInfo === undefined ? MASK : `${MASK}@`;
  });
}

function isPhoneNumber(groups: string): boolean {
  const { length } = groups.replaceAll(/\D/g, '');
  const least = groups.startsWith('+') ? MIN_DIGITS.international : MIN_DIGITS.national;
  return length >= least && length <= MAX_DIGITS;
}
