/** Why something was refused, so that the caller can act on it. */
export type RefusalCode =
  | 'INVALID_INPUT'
  | 'NOT_FOUND'
  | 'INVALID_STATE'
  | 'CONFLICT'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'IN_PROGRESS'
  | 'OUTCOME_UNKNOWN'
  | 'NOT_PERMITTED';

/** One reason of a refusal. `field` is the path to the input that is wrong, beginning with `input`. */
export interface UserError {
  readonly code: RefusalCode;
  readonly message: string;
  readonly field: string[] | null;
}

/** Certainly not carried out, for reasons that the caller can act on. It becomes the payload's `userErrors`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly userErrors: readonly UserError[];

  constructor(userErrors: readonly UserError[], options?: { cause: unknown }) {
    super(userErrors.map(({ code }) => code).join(', '), options);
    this.userErrors = userErrors;
  }
}

/** A refusal for one reason that concerns no input in particular, or the one at `field`. */
export function refusal(
  code: RefusalCode,
  message: string,
  { field = null, cause }: { field?: string[] | null; cause?: unknown } = {},
): Refusal {
  return new Refusal([{ code, message, field }], { cause });
}
