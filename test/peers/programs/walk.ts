import { readFileSync } from 'node:fs';

/** Where the graph is. */
export const url = process.env['GRAPH_URL'] ?? '';

/** One page of the hosted sessions, as a client asks for it. */
export const query = readFileSync(new URL('sessions.graphql', import.meta.url), 'utf8');

/** As many as the graph allows. */
export const first = 100;

/** What the query answers, and what a client makes of several answers. */
export interface Sessions {
  readonly entityOnboardingSessions: {
    readonly edges: readonly { readonly node: { readonly id: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

/** Prints the list as the client has it at the end, as one line of JSON. */
export function report({ entityOnboardingSessions: { edges } }: Sessions): void {
  console.log(JSON.stringify(edges.map(({ node }) => node.id)));
}
