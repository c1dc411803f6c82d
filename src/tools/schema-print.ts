import { subgraphSdl } from '../graphql/schema.ts';

// Nothing else on stdout: it is redirected to a file, or piped to the client of a registry.
process.stdout.write(subgraphSdl());
