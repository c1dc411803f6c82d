/** Which part may know which: see «One direction» in the README's layout. */
const knowsOnly = (part, ...others) => ({
  name: `${part}-knows-only-${others.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${part}/` },
  to: { path: '^src/', pathNot: [part, ...others].map((name) => `^src/${name}/`) },
});

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['main\\.ts$', 'start\\.js$'] },
      to: {},
    },
    {
      name: 'nothing-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-dependency-in-the-program',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'] },
    },
    knowsOnly('formats'),
    knowsOnly('onboarding'),
    knowsOnly('http'),
    knowsOnly('log'),
    knowsOnly('tracing', 'http', 'metrics'),
    knowsOnly('sandbox', 'formats'),
    knowsOnly('config', 'formats'),
    knowsOnly('store', 'onboarding', 'formats'),
    knowsOnly('store/engines', 'onboarding', 'formats'),
    knowsOnly('store/secrets', 'store/engines', 'onboarding', 'formats'),
    knowsOnly('providers', 'onboarding', 'http'),
    knowsOnly('metrics', 'onboarding', 'http', 'providers'),
    knowsOnly('graphql', 'onboarding', '__generated__'),
    knowsOnly('web', 'graphql', 'onboarding', 'formats'),
    {
      name: 'only-main-starts-the-service',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main\\.ts$|service/)' },
      to: { path: '^src/service/' },
    },
    {
      name: 'tools-know-only-store-onboarding-the-schema-and-the-configuration',
      severity: 'error',
      from: { path: '^src/tools/' },
      to: {
        path: '^src/',
        pathNot: '^src/((tools|store|onboarding|config|formats)/|graphql/schema\\.ts$)',
      },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs'],
      conditionNames: ['node', 'import', 'default'],
      exportsFields: ['exports'],
    },
  },
};
