import Negotiator from 'negotiator';

/** Exactly what Apollo Server chooses among, in its order. */
const MEDIA_TYPES = ['application/json; charset=utf-8', 'application/graphql-response+json; charset=utf-8'];

/** The media type of an answer, for the request's `accept`. Null when it accepts neither that the graph can answer in. */
export function mediaTypeFor(accept: string | undefined): string | null {
  return new Negotiator({ headers: accept ? { accept } : {} }).mediaType(MEDIA_TYPES) ?? null;
}
