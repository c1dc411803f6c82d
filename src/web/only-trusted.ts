import type { FastifyRequest, preValidationHookHandler } from 'fastify';

import type { TrustedDocuments } from '../graphql/documents/trusted-documents.ts';
import { RefusedRequest } from './refused-request.ts';

/** Of a request, by any of the names that clients have for them. */
type Parameters = Readonly<Record<string, unknown>>;

/**
 * Lets only trusted documents through to the graph. A request names one by its id, as clients of Apollo or of Relay do, or
 * sends its text; what the graph then gets is the document of the manifest.
 */
export function onlyTrusted(documents: TrustedDocuments): preValidationHookHandler {
  return (request, _reply, done) => {
    const parameters = parametersOf(request);
    const query = trustedText(parameters, documents);
    if (query === undefined) {
      throw new RefusedRequest({
        statusCode: 403,
        code: 'FORBIDDEN',
        message:
          'Only trusted documents are answered, and this is not one of them. To have it answered, publish it in the manifest of TRUSTED_DOCUMENTS.',
      });
    }
    const { operationName, variables } = parameters;
    replaceParameters(request, {
      query,
      ...(operationName !== undefined && { operationName }),
      ...(variables !== undefined && { variables }),
    });
    done();
  };
}

function trustedText(parameters: Parameters, documents: TrustedDocuments): string | undefined {
  const { query } = parameters;
  if (query) return typeof query === 'string' ? documents.byText(query) : undefined;
  const id = idOf(parameters);
  return id === undefined ? undefined : (documents.byId(id) ?? documents.byId(id.replace(/^sha256:/, '')));
}

/** Apollo's hash, the draft specification's `documentId`, Relay's `doc_id` and `id`. */
function idOf({ extensions, documentId, doc_id, id }: Parameters): string | undefined {
  const hash = (extensions as { persistedQuery?: { sha256Hash?: unknown } } | null)?.persistedQuery
    ?.sha256Hash;
  return [hash, documentId, doc_id, id].find((given) => typeof given === 'string');
}

function parametersOf({ method, body, query }: FastifyRequest): Parameters {
  if (method === 'POST') return body as Parameters;
  const { extensions, ...others } = query as Parameters;
  return { ...others, extensions: parsed(extensions) };
}

function parsed(json: unknown): unknown {
  try {
    return JSON.parse(String(json));
  } catch {
    return undefined;
  }
}

/** The graph reads a GET from its URL. */
function replaceParameters(request: FastifyRequest, parameters: Parameters): void {
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
