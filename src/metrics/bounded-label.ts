/** What becomes of a value that is one too many, or not fit to be a label. */
const OTHER = 'other';
/** A name that a program gave: no spaces, and fewer digits than somebody's number has. */
const NAME = /^(?!(?:.*\d){5})[A-Za-z_][\w.-]{0,63}$/;

/**
 * Keeps a label that callers choose bounded: the first `max` values are told apart, all others are `other`, for every value is
 * a time series that is kept for as long as the process lives.
 */
export function boundedLabel(max: number): (value: string | null | undefined) => string {
  const known = new Set<string>();
  return (value) => {
    if (value === null || value === undefined || value === '') return 'none';
    if (known.has(value)) return value;
    if (known.size >= max || !NAME.test(value)) return OTHER;
    known.add(value);
    return value;
  };
}
