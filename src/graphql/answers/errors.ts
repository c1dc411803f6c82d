import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import {
  OnboardingError,
  ProviderError,
  ProviderRateLimited,
  type ErrorCode,
} from '../../onboarding/errors.ts';
import { StateUnread } from '../../onboarding/state-unread.ts';
import { withoutValues } from './without-values.ts';

/** What Apollo calls by names of its own, in the words of our interface. */
const APOLLO_CODES: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
};

/** Messages that say nothing to a caller of the graph, or advise on Apollo's constructor. */
const OUR_WORDS: readonly (readonly [theirs: RegExp, ours: string])[] = [
  [
    /introspection is not allowed/,
    'Introspection is off. Set INTROSPECTION=on to allow it, or take the schema from a registry.',
  ],
  [
    /^This operation has been blocked as a potential Cross-Site Request Forgery/,
    'A query by GET needs a header that a page of another site cannot send (CSRF): content-type: application/json, or apollo-require-preflight: true. Or send it by POST.',
  ],
  [/^provided sha does not match query$/, 'The sha256Hash is not that of the query.'],
  [/^Unsupported persisted query version$/, 'Persisted queries are answered in version 1.'],
];

/**
 * What the caller hears of an error, in every environment the same: a code, a sentence, and the id under which the log has
 * the rest. Nothing of a provider's answer, no stack, no file name, and no value that the caller sent.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  requestId: string,
): GraphQLFormattedError {
  const { locations, path } = formatted;
  const where = { ...(locations && { locations }), ...(path && { path }) };
  const cause = error instanceof GraphQLError ? error.originalError : error;
  const { outcome } = formatted.extensions ?? {}; // a mutation's alone
  const known = { ...(outcome !== undefined && { outcome }), requestId };

  if (cause instanceof OnboardingError) {
    return { message: cause.message, ...where, extensions: { ...extensionsOf(cause), ...known } };
  }
  const code = isOfTheRequest(error) ? 'BAD_USER_INPUT' : String(formatted.extensions?.['code']);
  if (code === 'INTERNAL_SERVER_ERROR') {
    const message = `Something went wrong on our side. Quote the request id ${requestId} when you report it.`;
    return { message, ...where, extensions: { code, ...known } };
  }
  return {
    message:
      OUR_WORDS.find(([theirs]) => theirs.test(formatted.message))?.[1] ?? withoutValues(formatted.message),
    ...where,
    extensions: { code: APOLLO_CODES[code] ?? code, requestId },
  };
}

const OF_THE_REQUEST = /^(?:Argument "|Too many errors processing variables)/;

/**
 * Whether an error that has no code is the caller's: Apollo has none for a persisted query's wrong hash or version, but a
 * status; and graphql-js none for an argument that is found to be null, or of another type, when its field is carried out.
 */
export function isOfTheRequest(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.extensions['code'] !== undefined) return false;
  const { originalError = error } = error;
  if (originalError instanceof GraphQLError && OF_THE_REQUEST.test(originalError.message)) return true;
  const http = error.extensions['http'] as { readonly status?: number } | undefined;
  return http?.status === 400;
}

function extensionsOf(error: OnboardingError): Record<string, unknown> {
  return {
    code: error.code,
    ...(error instanceof ProviderError && { provider: error.provider }),
    ...((error instanceof ProviderRateLimited || error instanceof StateUnread) &&
      error.retryAfterSeconds !== null && { retryAfterSeconds: error.retryAfterSeconds }),
  };
}
