import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Stands for a body that is not JSON, so that refusing it is left to the provider, in its own words. */
export const malformed = Symbol('malformed');

type Done = (error: Error | null, body?: unknown) => void;

/** Reads every body as JSON, forms apart. No body is `undefined`. */
export function readJsonBodies(app: FastifyInstance): void {
  const readAs = (type: string, read: (text: string) => unknown): void => {
    app.addContentTypeParser(
      type,
      { parseAs: 'string' },
      (_request: FastifyRequest, text: string, done: Done) =>
        done(null, text === '' ? undefined : read(text)),
    );
  };
  app.removeAllContentTypeParsers();
  readAs('application/json', parse);
  readAs('application/x-www-form-urlencoded', (text) => new URLSearchParams(text));
  readAs('*', () => malformed);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return malformed;
  }
}
