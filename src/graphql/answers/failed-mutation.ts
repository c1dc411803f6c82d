import { GraphQLError, responsePathAsArray, type GraphQLResolveInfo } from 'graphql';

import {
  BadUserInput,
  Forbidden,
  ProviderError,
  Unauthenticated,
  type Outcome,
} from '../../onboarding/errors.ts';

/** How far a mutation had come when it failed. */
interface Failure {
  /** From then on it may have been sent, and errors say themselves what is known. */
  readonly isRecorded: boolean;
  /** Whether the same may have been sent by others before. */
  readonly isNamed: boolean;
}

/** Errors by which the caller knows that this request sent nothing: most are thrown by guards, before it is a mutation's. */
const CALLERS_OWN = [BadUserInput, Unauthenticated, Forbidden];

/**
 * The error that a mutation ended in, with `extensions.outcome`: what is known of what was asked for. It is told of the mutation
 * alone: an error of a field within its payload, or of a query, is one of reading.
 */
export function failedMutation(error: unknown, failure: Failure, info: GraphQLResolveInfo): unknown {
  if (!(error instanceof Error) || CALLERS_OWN.some((kind) => error instanceof kind)) return error;
  return new GraphQLError(error.message, {
    nodes: info.fieldNodes,
    path: responsePathAsArray(info.path), // one that has its path is passed on as it is
    originalError: error,
    extensions: { outcome: outcomeOf(error, failure) },
  });
}

/** This request sent nothing before it was recorded; what others sent under the same key is not known then. */
function outcomeOf(error: Error, { isRecorded, isNamed }: Failure): Outcome {
  if (!isRecorded) return isNamed ? 'UNKNOWN' : 'NOT_CARRIED_OUT';
  return error instanceof ProviderError ? error.outcome : 'UNKNOWN';
}
