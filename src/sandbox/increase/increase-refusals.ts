import { Refusal } from '../refusal.ts';

/** Increase's errors: `{type, title, detail, status}` and what the type has besides. */
function refuse(status: number, type: string, title: string, more: Record<string, unknown> = {}): Refusal {
  return new Refusal(status, { type, title, detail: null, status, ...more });
}

export interface ParameterProblem {
  readonly field: string;
  readonly message: string;
}

export const invalidParameters = (errors: readonly ParameterProblem[]): Refusal =>
  refuse(400, 'invalid_parameters_error', 'Your request contains invalid parameters.', { errors });

export const malformedRequest = (): Refusal =>
  refuse(400, 'malformed_request_error', 'The body of your request is not a JSON object.');

export const invalidApiKey = (reason: 'no_header' | 'no_credential'): Refusal =>
  refuse(401, 'invalid_api_key_error', 'Your API key is missing or not valid.', { reason });

export const environmentMismatch = (): Refusal =>
  refuse(403, 'environment_mismatch_error', 'This is a key for production, and this is the sandbox.');

export const insufficientPermissions = (): Refusal =>
  refuse(403, 'insufficient_permissions_error', 'This API key may not do this.');

export const objectNotFound = (kind: string): Refusal =>
  refuse(404, 'object_not_found_error', `There is no ${kind} with this id.`, { likely_environment: null });

export const apiMethodNotFound = (): Refusal =>
  refuse(404, 'api_method_not_found_error', 'There is nothing at this path.');

export const idempotencyKeyAlreadyUsed = (resourceId: string): Refusal =>
  refuse(409, 'idempotency_key_already_used_error', 'This idempotency key was used for another request.', {
    resource_id: resourceId,
  });

export const invalidOperation = (title: string): Refusal => refuse(409, 'invalid_operation_error', title);

export const internalServerError = (): Refusal =>
  refuse(500, 'internal_server_error', 'Something went wrong on our side.');
