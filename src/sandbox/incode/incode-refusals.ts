import { Refusal } from '../refusal.ts';

/**
 * Incode's errors. `code` is the `status` of the body: now and then Incode's own number and not the HTTP status. Which
 * numbers belong to which errors is a guess: only that there are such numbers (4005, 1003) is documented.
 */
function refuse(status: number, error: string, message: string, code = status): Refusal {
  return new Refusal(status, { status: code, error, message });
}

export const badRequest = (message: string): Refusal => refuse(400, 'Bad Request', message);
export const sessionExpired = (): Refusal => refuse(400, 'Bad Request', 'The session is expired.', 4005);
export const tokenRefused = (): Refusal =>
  refuse(401, 'Unauthorized', 'The session token is missing or not valid.');
export const keyRefused = (): Refusal => refuse(403, 'Forbidden', 'The API key is missing or not valid.');
export const unknownSession = (): Refusal =>
  refuse(404, 'Not Found', 'There is no session with this id.', 1003);
export const unknownConfiguration = (): Refusal =>
  refuse(404, 'Not Found', 'There is no configuration with this id.');
export const unknownRoute = (): Refusal => refuse(404, 'Not Found', 'There is nothing at this path.');
export const broken = (): Refusal => refuse(500, 'Internal Server Error', 'Something went wrong.');
