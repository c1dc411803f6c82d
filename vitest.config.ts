import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // One copy of graphql: Vite would load its ES modules for our code, while Apollo's loads its CommonJS.
    alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
  },
  test: {
    testTimeout: 20_000,
    maxWorkers: 3, // on two cores: half of the tests' time is waiting for processes that they start
    hookTimeout: 20_000, // many start a PostgreSQL
    projects: [
      {
        extends: true,
        test: {
          name: 'service',
          include: ['test/**/*.test.ts'],
          exclude: ['test/peers/**', 'test/crash/**'],
        },
      },
      {
        // Processes that are killed at each point of each mutation.
        extends: true,
        test: { name: 'crash', include: ['test/crash/*.test.ts'] },
      },
      {
        // Beside programs of others, which are installed first.
        extends: true,
        test: {
          name: 'peers',
          include: ['test/peers/*.test.ts'],
          globalSetup: ['test/peers/install.ts'],
        },
      },
    ],
    reporters: ['default', './test/support/tally-reporter.ts'],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: [], // the tally tells what is covered little
      // Programs: they run as soon as they are loaded, so tests start them as processes, into which this cannot see.
      exclude: [
        'src/__generated__/**',
        'src/main.ts',
        'src/sandbox/main.ts',
        'src/tools/{backup,keys-rotate,schema-print}.ts',
      ],
      thresholds: { lines: 90 },
    },
  },
});
