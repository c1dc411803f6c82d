import type { FastifyRequest, preValidationHookHandler } from 'fastify';

import type { TrustedDocuments } from '../graphql/documents/trusted-documents.ts';
import { parametersOf, replaceParameters, type Parameters } from './operation-parameters.ts';
import { RefusedRequest } from './refused-request.ts';

/**
 * Lets only trusted documents through to the graph. A request names one by its id, as clients of Apollo or of Relay do, or
 * sends its text; what the graph then gets is the document of the manifest.
 */
export function onlyTrusted(documents: TrustedDocuments): preValidationHookHandler {
  return (request, _reply, done) => {
    const parameters = withExtensions(request, parametersOf(request));
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

/** In a URL they are JSON. */
function withExtensions({ method }: FastifyRequest, parameters: Parameters): Parameters {
  return method === 'POST' ? parameters : { ...parameters, extensions: parsed(parameters['extensions']) };
}

function parsed(json: unknown): unknown {
  try {
    return JSON.parse(String(json));
  } catch {
    return undefined;
  }
}
