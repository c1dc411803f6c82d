import { BadUserInput } from '../../onboarding/errors.ts';

/** The operation is more than one may ask for at once; the message says how much one may. Answered with HTTP 400. */
export class LimitExceeded extends BadUserInput {
  /** Read by Apollo Server. */
  readonly extensions = { http: { status: 400 } };
}
