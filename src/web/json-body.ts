import type { FastifyInstance } from 'fastify';

import { RefusedRequest } from './refused-request.ts';

/** Reads `application/json`, which is UTF-8 throughout: Fastify's own parser would put `�` into a name that is not. */
export function readJsonBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    void parseJson(request, decoded(body), done);
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decoded(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new RefusedRequest({
      statusCode: 400,
      message: 'The body is not UTF-8. Send JSON encoded in UTF-8.',
    });
  }
}
