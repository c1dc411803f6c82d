const { dirname, join } = require('node:path');

const suite = dirname(require.resolve('@apollo/federation-subgraph-compatibility-tests/package.json'));

/** The suite as it was published, with addresses of ours. */
module.exports = {
  rootDir: join(suite, 'dist', 'tests'),
  testMatch: ['**/*.test.js'],
  testEnvironment: 'node',
  testPathIgnorePatterns: [], // it stands in node_modules
  haste: { retainAllFiles: true },
  transform: {},
  watchman: false,
  maxWorkers: 1,
  cacheDirectory: join(__dirname, '..', 'node_modules', '.cache', 'jest'),
  moduleNameMapper: { '^make-fetch-happen$': join(__dirname, 'fetch.cjs') },
};
