import type { FastifyRequest, preValidationHookHandler } from 'fastify';

/** Of a request, by any of the names that clients have for them. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Those of a URL are texts, and lists where it has one twice. */
export function parametersOf({ method, body, query }: FastifyRequest): Parameters {
  return (method === 'POST' ? body : query) as Parameters;
}

/** What the graph is to read instead of what was sent. It reads a GET from its URL. */
export function replaceParameters(request: FastifyRequest, parameters: Parameters): void {
  if (request.method === 'POST') {
    request.body = parameters;
    return;
  }
  request.query = parameters;
  const search = new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, String(each)]),
    ),
  );
  request.raw.url = `/graphql?${search.toString()}`;
}

/** Takes away what is there and empty, as forms and URL builders send what they have no value for (GraphQL over HTTP, «Request Parameters»). */
export const emptyMeansAbsent: preValidationHookHandler = (request, _reply, done) => {
  const names = MAY_BE_EMPTY[request.method === 'POST' ? 'inBody' : 'inUrl'];
  const parameters = parametersOf(request);
  if (names.some((name) => parameters[name] === '')) {
    const given = Object.entries(parameters).filter(([name, value]) => value !== '' || !names.includes(name));
    replaceParameters(request, Object.fromEntries(given));
  }
  done();
};

/** In a body, variables and extensions are objects, of which a text is no empty one. */
const MAY_BE_EMPTY: Readonly<Record<'inBody' | 'inUrl', readonly string[]>> = {
  inBody: ['query', 'operationName'],
  inUrl: ['query', 'operationName', 'variables', 'extensions'],
};
