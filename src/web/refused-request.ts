import type { ErrorCode } from '../onboarding/errors.ts';

interface Refusal {
  readonly statusCode: number;
  /** By default `BAD_USER_INPUT`. */
  readonly code?: ErrorCode;
  /** For the caller. */
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the log alone. */
  readonly logged?: Readonly<Record<string, string>>;
}

/** A request that is refused before the graph is reached. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest';
  readonly statusCode: number;
  readonly code: ErrorCode;
  readonly headers: Readonly<Record<string, string>>;
  readonly logged: Readonly<Record<string, string>>;

  constructor({ statusCode, code = 'BAD_USER_INPUT', message, headers = {}, logged = {} }: Refusal) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
    this.headers = headers;
    this.logged = logged;
  }
}
