// What is used of packages that stand in this folder's own lock file: types are checked before those are installed.

declare module '@apollo/gateway' {
  import type { ApolloServerOptionsWithGateway } from '@apollo/server';

  export const ApolloGateway: new (options: {
    supergraphSdl: string;
  }) => ApolloServerOptionsWithGateway['gateway'];
}

declare module '@apollo/client' {
  export const InMemoryCache: new (options: {
    typePolicies: { Query: { fields: Record<string, unknown> } };
  }) => object;
  export const HttpLink: new (options: { uri: string }) => object;
  export class ApolloClient {
    constructor(options: { link: object; cache: object });
    watchQuery(options: { query: unknown; variables: object }): {
      subscribe(show: (result: { data: unknown; loading: boolean }) => void): void;
      fetchMore(options: { variables: object }): Promise<unknown>;
    };
  }
  export function gql(query: string): unknown;
}

declare module '@apollo/client/utilities' {
  export function relayStylePagination(): unknown;
}

declare module '@urql/core' {
  export const fetchExchange: unknown;
  export class Client {
    constructor(options: { url: string; preferGetMethod: boolean; exchanges: unknown[] });
    query(query: string, variables: object): { toPromise(): Promise<{ data?: unknown; error?: unknown }> };
  }
}

declare module '@urql/exchange-graphcache' {
  export function cacheExchange(options: { resolvers: { Query: Record<string, unknown> } }): unknown;
}

declare module '@urql/exchange-graphcache/extras' {
  export function relayPagination(): unknown;
}

declare module 'react-relay' {
  export function graphql(document: TemplateStringsArray): unknown;
}
