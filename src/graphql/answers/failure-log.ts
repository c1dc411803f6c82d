import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';

import {
  BadUserInput,
  CallerGone,
  Forbidden,
  OnboardingError,
  ProviderError,
  SessionOver,
  Unauthenticated,
} from '../../onboarding/errors.ts';
import { isOfTheRequest } from './errors.ts';

/** What is nobody's failure: a line without a stack. */
const NOBODYS = [
  {
    isIt: (error: unknown) => error instanceof CallerGone,
    level: 'debug',
    message: 'The caller went away before the answer',
  },
  {
    // The log had its line when that began: not one more for each who hears of it.
    isIt: (error: unknown) => error instanceof ProviderError && error.isUnasked,
    level: 'debug',
    message: 'A provider that is ill or throttles was not asked',
  },
  {
    isIt: (error: unknown) => error instanceof SessionOver,
    level: 'info',
    message: 'A provider no longer accepts a session’s token',
  },
] as const;

interface Failed {
  readonly requestId: string;
  readonly errors: readonly GraphQLError[];
  /** A path as it may be logged. */
  readonly told: (path: readonly (string | number)[]) => string;
}

/** One line for each cause of an operation's errors, however many fields it failed, unless it is the caller's own. */
export function logFailures(logger: Logger, { requestId, errors, told }: Failed): void {
  // One outage can fail thousands of fields.
  for (const [cause, failed] of Map.groupBy(errors.filter(isOurs), causeOf)) {
    const path = failed[0]?.path;
    const line = { requestId, path: path && told(path), ...(failed.length > 1 && { times: failed.length }) };
    if (cause instanceof Error) {
      const isOutage = cause instanceof OnboardingError;
      logger[isOutage ? 'warn' : 'error']({ ...line, err: cause }, 'A field failed');
    } else logger[cause.level](line, cause.message);
  }
}

/** Errors that nobody on our side has to look at. */
const CALLERS_OWN = [BadUserInput, Unauthenticated, Forbidden];

/** Errors of the document or the variables are the caller's, too, and quote what the caller wrote. */
function isOurs(error: GraphQLError): boolean {
  const { originalError, extensions } = error;
  const isTheirs = CALLERS_OWN.some((kind) => originalError instanceof kind) || isOfTheRequest(error);
  return !isTheirs && extensions['code'] === undefined;
}

/** Each error of nobody's is an error of its own, and they are told together. */
function causeOf({ originalError }: GraphQLError): Error | (typeof NOBODYS)[number] {
  return NOBODYS.find(({ isIt }) => isIt(originalError)) ?? originalError ?? UNNAMED;
}

const UNNAMED = new GraphQLError('The graph could not answer');
