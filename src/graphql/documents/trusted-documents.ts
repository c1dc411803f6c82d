import { Kind, parse, stripIgnoredCharacters, validate, type GraphQLSchema } from 'graphql';
import { z } from 'zod';

import { extentOf } from '../limits/cost.ts';
import { checkDocument } from '../limits/document-limits.ts';
import { checkExtent } from '../limits/limit-cost.ts';

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

interface Limits {
  /** Of one operation. */
  readonly maxCost: number;
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
export function trustedDocuments(manifest: unknown, schema: GraphQLSchema, limits: Limits): TrustedDocuments {
  const operations = Manifest.safeParse(manifest).data;
  if (!operations) {
    throw new UnusableManifest([
      'is neither a manifest of Apollo (version 1) nor one of Relay. Make it anew with generate-persisted-query-manifest, or with relay-compiler.',
    ]);
  }
  if (operations.length === 0) {
    throw new UnusableManifest(['holds no operation, so nothing would be answered. Publish one.']);
  }
  const problems = operations.flatMap((operation) => problemOf(operation, schema, limits) ?? []);
  if (problems.length > 0) throw new UnusableManifest(problems);

  const byId = new Map(operations.map(({ id, text }) => [id, text]));
  if (byId.size < operations.length) {
    const twice = repeated(operations.map(({ id }) => id));
    throw new UnusableManifest(
      twice.map((id) => `gives the id ${id} to more than one operation. Give each its own.`),
    );
  }
  const byText = new Map(operations.map(({ text }) => [stripIgnoredCharacters(text), text]));
  return {
    size: byId.size,
    byId: (id) => byId.get(id),
    byText: (text) => byText.get(normalized(text)),
  };
}

function problemOf({ id, name, text }: Operation, schema: GraphQLSchema, limits: Limits): string | null {
  const reason = reasonAgainst(text, schema, limits);
  return reason && `has an operation «${name}» (${id}) that cannot be carried out. ${reason}`;
}

function reasonAgainst(text: string, schema: GraphQLSchema, { maxCost }: Limits): string | null {
  try {
    checkDocument(text);
    const document = parse(text);
    const [invalid] = validate(schema, document);
    if (invalid) return invalid.message;
    for (const node of document.definitions) {
      // Without variables: what callers will give them is not known yet.
      if (node.kind === Kind.OPERATION_DEFINITION) checkExtent(extentOf(schema, document, node, {}), maxCost);
    }
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

function repeated(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}

/** What is no GraphQL stays as it is: it equals no document. */
function normalized(text: string): string {
  try {
    return stripIgnoredCharacters(text);
  } catch {
    return text;
  }
}
