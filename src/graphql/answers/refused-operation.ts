import { BadUserInput } from '../../onboarding/errors.ts';

/** An operation of which nothing is carried out: it asks for too much, or for what is not here. Answered with HTTP 400. */
export class RefusedOperation extends BadUserInput {
  /** Read by Apollo Server. */
  readonly extensions = { http: { status: 400 } };
}
