// What is used of packages that stand in this folder's own lock file: types are checked before those are installed.

declare module '@apollo/gateway' {
  import type { ApolloServerOptionsWithGateway } from '@apollo/server';

  export const ApolloGateway: new (options: {
    supergraphSdl: string;
  }) => ApolloServerOptionsWithGateway['gateway'];
}

declare module '@graphql-hive/gateway-runtime' {
  import type { RequestListener } from 'node:http';

  export function createGatewayRuntime(options: { supergraph: string; logging: boolean }): RequestListener;
}
