import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import { OnboardingError, ProviderError, ProviderRateLimited, type ErrorCode } from '../onboarding/errors.ts';
import { withoutValues } from './without-values.ts';

/** What Apollo calls by names of its own, in the words of our interface. */
const APOLLO_CODES: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
};

/** Apollo's own message advises on its constructor. */
const INTROSPECTION_IS_OFF = /introspection is not allowed/;

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

  if (cause instanceof OnboardingError) {
    return { message: cause.message, ...where, extensions: { ...extensionsOf(cause), requestId } };
  }
  const code = String(formatted.extensions?.['code']);
  if (code === 'INTERNAL_SERVER_ERROR') {
    const message = `Something went wrong on our side. Quote the request id ${requestId} when you report it.`;
    return { message, ...where, extensions: { code, requestId } };
  }
  return {
    message: INTROSPECTION_IS_OFF.test(formatted.message)
      ? 'Introspection is off. Set INTROSPECTION=on to allow it, or take the schema from a registry.'
      : withoutValues(formatted.message),
    ...where,
    extensions: { code: APOLLO_CODES[code] ?? code, requestId },
  };
}

function extensionsOf(error: OnboardingError): Record<string, unknown> {
  return {
    code: error.code,
    ...(error instanceof ProviderError && { provider: error.provider }),
    ...(error instanceof ProviderRateLimited &&
      error.retryAfterSeconds !== null && { retryAfterSeconds: error.retryAfterSeconds }),
  };
}
