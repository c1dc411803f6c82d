import type { FastifyInstance, FastifyRequest } from 'fastify';

import { decompressed } from './content-encoding.ts';
import { parsedLosslessly } from './lossless-json.ts';
import { RefusedRequest } from './refused-request.ts';

/**
 * Reads `application/json`, compressed or not, which is UTF-8 throughout: Fastify's own parser would put `�` into a name that
 * is not. The limit is for what arrives, and for what comes out of it.
 */
export function readJsonBodies(app: FastifyInstance, limitBytes: number): void {
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async ({ headers }: FastifyRequest, body: Buffer) =>
      parsed(decoded(await decompressed(body, headers['content-encoding'], limitBytes))),
  );
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

/**
 * Its keys are names like any other, `__proto__` too, as they are in a URL: the graph looks up the names that it knows and
 * merges nothing.
 */
function parsed(text: string): unknown {
  try {
    return parsedLosslessly(text);
  } catch {
    const problem = text.trim() === '' ? 'is empty' : 'is not valid JSON';
    throw new RefusedRequest({
      statusCode: 400,
      message: `The body ${problem}. Send {"query": "…", "variables": {…}}.`,
    });
  }
}
