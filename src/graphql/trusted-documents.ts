import { parse, stripIgnoredCharacters, validate, type GraphQLSchema } from 'graphql';
import { z } from 'zod';

/** The operations that are answered when no other is. */
export interface TrustedDocuments {
  readonly size: number;
  /** The document's text; undefined when no such operation is trusted. */
  byId(id: string): string | undefined;
  /** The same for a text that says the same, however it is laid out. */
  byText(text: string): string | undefined;
}

/** A manifest that cannot be used: a sentence for each problem, which follows the manifest's name. */
export class UnusableManifest extends Error {
  override readonly name = 'UnusableManifest';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

interface Operation {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** https://www.apollographql.com/docs/graphos/platform/security/persisted-queries */
const ApolloManifest = z
  .object({
    format: z.literal('apollo-persisted-query-manifest'),
    version: z.literal(1),
    operations: z.array(z.object({ id: z.string().min(1), name: z.string(), body: z.string() })),
  })
  .transform(({ operations }) => operations.map(({ id, name, body }) => ({ id, name, text: body })));

/** https://relay.dev/docs/guides/persisted-queries */
const RelayManifest = z
  .record(z.string().min(1), z.string())
  .transform((texts) => Object.entries(texts).map(([id, text]) => ({ id, name: id, text })));

const Manifest = z.union([ApolloManifest, RelayManifest]);

/**
 * Reads a manifest in Apollo's format or in Relay's, and checks each of its operations: better at start than at the first caller.
 * @throws {UnusableManifest}
 */
export function trustedDocuments(manifest: unknown, schema: GraphQLSchema): TrustedDocuments {
  const operations = Manifest.safeParse(manifest).data;
  if (!operations) {
    throw new UnusableManifest([
      'is neither a manifest of Apollo (version 1) nor one of Relay. Make it anew with generate-persisted-query-manifest, or with relay-compiler.',
    ]);
  }
  if (operations.length === 0) {
    throw new UnusableManifest(['holds no operation, so nothing would be answered. Publish one.']);
  }
  const problems = operations.flatMap((operation) => problemOf(operation, schema) ?? []);
  if (problems.length > 0) throw new UnusableManifest(problems);

  const byId = new Map(operations.map(({ id, text }) => [id, text]));
  if (byId.size < operations.length) {
    throw new UnusableManifest(['gives an id to two operations. Give each its own.']);
  }
  const byText = new Map(operations.map(({ text }) => [stripIgnoredCharacters(text), text]));
  return {
    size: byId.size,
    byId: (id) => byId.get(id),
    byText: (text) => byText.get(normalized(text)),
  };
}

function problemOf({ id, name, text }: Operation, schema: GraphQLSchema): string | null {
  const reason = reasonAgainst(text, schema);
  return reason && `has an operation «${name}» (${id}) that cannot be carried out. ${reason}`;
}

function reasonAgainst(text: string, schema: GraphQLSchema): string | null {
  try {
    return validate(schema, parse(text))[0]?.message ?? null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What is no GraphQL stays as it is: it equals no document. */
function normalized(text: string): string {
  try {
    return stripIgnoredCharacters(text);
  } catch {
    return text;
  }
}
