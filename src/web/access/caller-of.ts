import type { IncomingHttpHeaders } from 'node:http';

import type { FastifyRequest } from 'fastify';

import { isLoopbackHost } from '../../formats/loopback.ts';
import { ANYBODY, NOBODY, type Caller } from '../../onboarding/caller.ts';
import { RefusedRequest } from '../refused-request.ts';
import { InvalidToken } from './invalid-token.ts';
import { KeysUnavailable } from './key-set.ts';
import type { TokenVerifier } from './token-verifier.ts';

/** Who may call: whoever has a token; whoever is on this machine; or whoever can reach us. */
export type Access = TokenVerifier | 'LOOPBACK' | 'EVERYBODY';

/**
 * Who sends a request. A request without a token is nobody's: the schema says what is for nobody.
 * @throws {RefusedRequest} 401 for a token that is not accepted, 403 for whoever is not on this machine, 503
 */
export async function callerOf({ headers, socket }: FastifyRequest, access: Access): Promise<Caller> {
  if (access === 'EVERYBODY') return ANYBODY;
  if (access === 'LOOPBACK') {
    if (isFromThisMachine(headers, socket.remoteAddress)) return ANYBODY;
    throw new RefusedRequest({
      statusCode: 403,
      code: 'FORBIDDEN',
      message:
        'Without access control this graph is open to its own machine only. Set AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE, or AUTH=none.',
    });
  }
  const { authorization } = headers;
  if (authorization === undefined) return NOBODY;
  try {
    return await access.callerOf(bearerToken(authorization));
  } catch (error) {
    throw refusalBecauseOf(error);
  }
}

/** What is not about the token goes on as it is. */
function refusalBecauseOf(error: unknown): unknown {
  if (error instanceof InvalidToken) {
    return unauthenticated(`The access token is not accepted. ${error.message}`, error.expected);
  }
  if (!(error instanceof KeysUnavailable)) return error;
  return new RefusedRequest({
    statusCode: 503,
    code: 'INTERNAL_SERVER_ERROR',
    message: 'Access tokens cannot be checked right now. Try again later.',
    headers: { 'retry-after': '5' },
  });
}

function bearerToken(authorization: string): string {
  const token = /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1];
  if (token === undefined) throw new InvalidToken('Send it as `authorization: Bearer …`.');
  return token;
}

function unauthenticated(message: string, logged: Readonly<Record<string, string>>): RefusedRequest {
  return new RefusedRequest({
    statusCode: 401,
    code: 'UNAUTHENTICATED',
    message,
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    logged,
  });
}

/** A proxy on this machine says for whom it asks; and a page of another site can have its name point here. */
function isFromThisMachine(headers: IncomingHttpHeaders, address: string | undefined): boolean {
  const forwardedFor = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').filter(Boolean);
  return (
    isThisMachine(address) &&
    forwardedFor.every((each) => isThisMachine(each.trim())) &&
    headers.forwarded === undefined &&
    isLoopbackHost(headers.host)
  );
}

function isThisMachine(address: string | undefined): boolean {
  return address !== undefined && /^(?:::1|(?:::ffff:)?127(?:\.\d+){3})$/.test(address);
}
