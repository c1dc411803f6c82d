import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { readConfig } from '../../src/config/config.ts';
import { StartupProblem } from '../../src/config/startup-problem.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const production = {
  NODE_ENV: 'production',
  INCODE_API_KEY: 'incode-key',
  INCREASE_API_KEY: 'increase-key',
  RELAY_API_KEY: 'relay-key',
  ENCRYPTION_KEYS: key,
  AUTH: 'none',
};
const auth = {
  AUTH_JWKS_URL: 'https://id.example.com/keys',
  AUTH_ISSUER: 'https://id.example.com',
  AUTH_AUDIENCE: 'onboarding',
};

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof StartupProblem) return error.problems;
    throw error;
  }
  return [];
}

/** Of the three variables of access, with keys at this URL. */
function problemsWith(
  AUTH_JWKS_URL: string,
  env: Record<string, string> = { ...production, AUTH: '' },
): readonly string[] {
  return problemsOf({ ...env, ...auth, AUTH_JWKS_URL });
}

/** How a provider is dealt with where nothing is set. */
const usual = {
  timeoutMs: 10_000,
  maxAttempts: 3,
  retryBudgetPercent: 10,
  maxConcurrency: 64,
  maxQueued: 64,
  maxPerSecond: null,
  circuitPercent: 50,
  circuitMinimum: 10,
  circuitWindowMs: 10_000,
  circuitProbeMs: 500,
};

describe('readConfig', () => {
  it('needs nothing in development, where every provider is then sandboxed', () => {
    expect(readConfig({})).toEqual({
      metrics: true,
      metricsPort: null,
      host: '127.0.0.1',
      port: 4001,
      isProduction: false,
      drainDelayMs: 0,
      incode: null,
      increase: null,
      relay: null,
      databaseUrl: 'sqlite:data/onboarding.db',
      encryptionKeys: null,
      access: 'LOOPBACK',
      routerSecret: null,
      tracing: null,
      maxCost: 1_000,
      maxInFlight: 1_000,
      maxEventLoopDelayMs: 1_000,
      playground: true,
      introspection: true,
      corsOrigins: [],
      trustedDocuments: null,
      policies: {
        incode: { ...usual, timeoutMs: 20_000 },
        increase: usual,
        relay: { ...usual, timeoutMs: 20_000 },
      },
      proxy: null,
      operationTimeoutMs: 25_000,
      logLevel: 'info',
    });
  });

  it('goes on serving for 5 seconds when it is told to end in production, or for as long as it is told', () => {
    expect(readConfig(production).drainDelayMs).toBe(5_000);
    expect(readConfig({ ...production, DRAIN_DELAY_MS: '0' }).drainDelayMs).toBe(0);
    expect(readConfig({ DRAIN_DELAY_MS: '700' }).drainDelayMs).toBe(700);
  });

  it('turns the playground and introspection off in production, unless told otherwise', () => {
    expect(readConfig(production)).toMatchObject({
      isProduction: true,
      playground: false,
      introspection: false,
    });
    expect(readConfig({ ...production, PLAYGROUND: 'on', INTROSPECTION: 'on' })).toMatchObject({
      playground: true,
      introspection: true,
    });
  });

  it('reads a provider whose key is set', () => {
    const config = readConfig({
      INCODE_API_KEY: ' k ',
      INCODE_BASE_URL: 'https://incode.test',
      INCODE_CONFIGURATION_ID: 'flow',
    });

    expect(config.incode).toEqual({ apiKey: 'k', baseUrl: 'https://incode.test', configurationId: 'flow' });
    expect(config.increase).toBeNull();
  });

  it('reads several encryption keys, the first first', () => {
    const other = Buffer.alloc(32, 8);

    expect(readConfig({ ENCRYPTION_KEYS: `${key}, ${other.toString('base64')}` }).encryptionKeys).toEqual([
      Buffer.alloc(32, 7),
      other,
    ]);
  });

  it('reads the origins that may call from a browser', () => {
    expect(
      readConfig({ CORS_ORIGINS: 'https://app.example.com, http://localhost:3000' }).corsOrigins,
    ).toEqual(['https://app.example.com', 'http://localhost:3000']);
  });

  it.each([
    ['*', '1 of 1 has a *'],
    ['null', '1 of 1 does not begin with'],
    ['app.example.com', '1 of 1 does not begin with'],
    ['https://', '1 of 1 does not begin with'],
    ['https://a.test,https://app.example.com/', '2 of 2 has a slash at the end'],
    ['https://app.example.com/shop', '1 of 1 has a path'],
    ['https://App.example.com', '1 of 1 is not in lower case'],
    ['https://app.example.com:443', '1 of 1 has a port that browsers leave out'],
    ['https://user@app.example.com', '1 of 1 has a user name'],
    ['https://*.example.com', '1 of 1 has a *'],
    ['https://a.test,', '2 of 2 is empty'],
  ])('refuses CORS_ORIGINS=%s, and says which and why', (CORS_ORIGINS, reason) => {
    expect(problemsOf({ CORS_ORIGINS })).toEqual([expect.stringMatching(/^CORS_ORIGINS must be /)]);
    expect(problemsOf({ CORS_ORIGINS })[0]).toContain(`number ${reason}`);
  });

  it('refuses keys for tokens that are fetched over http in production, but from this machine, or with a password', () => {
    expect(problemsWith('http://id.example.com/keys')).toEqual([
      expect.stringMatching(/^AUTH_JWKS_URL must be an https URL in production/),
    ]);
    expect(problemsWith('http://id.example.com/keys', {})).toEqual([]);
    expect(problemsWith('http://[::1]:4100/keys')).toEqual([]);
    expect(problemsWith('http://localhost/keys')).toEqual([]);
    expect(problemsWith('https://user:pass@id.example.com/keys')).toEqual([
      expect.stringMatching(/^AUTH_JWKS_URL must be without/),
    ]);
  });

  it('turns the playground and introspection off with trusted documents, and refuses a playground beside them', () => {
    const TRUSTED_DOCUMENTS = fileURLToPath(new URL('../../package.json', import.meta.url));

    expect(readConfig({ TRUSTED_DOCUMENTS })).toMatchObject({ playground: false, introspection: false });
    expect(readConfig({ TRUSTED_DOCUMENTS, INTROSPECTION: 'on' })).toMatchObject({ introspection: true });
    expect(problemsOf({ TRUSTED_DOCUMENTS, PLAYGROUND: 'on' })).toEqual([
      expect.stringMatching(/^PLAYGROUND=on contradicts TRUSTED_DOCUMENTS/),
    ]);
  });

  it('tells a file of trusted documents that is not there, with everything else', () => {
    expect(problemsOf({ TRUSTED_DOCUMENTS: 'no-such-file.json', PORT: 'x' })).toEqual([
      expect.stringMatching(/^PORT must be/),
      expect.stringMatching(/^The file no-such-file\.json of TRUSTED_DOCUMENTS does not exist\./),
    ]);
  });

  it.each([
    ['nothing between two', (one: string, other: string) => `${one} ${other}`, 'number 1 of 1'],
    ['a semicolon', (one: string, other: string) => `${one};${other}`, 'number 1 of 1'],
    ['a line each', (one: string, other: string) => `${one}\n${other}`, 'number 1 of 1'],
    ['a comment', (one: string, other: string) => `${other},${one} # the old one`, 'number 2 of 2'],
    ['31 bytes', (one: string) => `${one},${Buffer.alloc(31).toString('base64')}`, 'number 2 of 2'],
    ['a comma too many', (one: string, other: string) => `${one},${other},`, 'number 3 of 3'],
  ])('refuses encryption keys with %s, and says which it is', (_what, list, which) => {
    const [problem, ...others] = problemsOf({
      ENCRYPTION_KEYS: list(key, Buffer.alloc(32, 8).toString('base64')),
    });

    expect(others).toEqual([]);
    expect(problem).toMatch(
      /^ENCRYPTION_KEYS must be keys of 32 bytes in base64 .*openssl rand -base64 32\.$/,
    );
    expect(problem).toContain(which);
    expect(problem).not.toContain(key.slice(0, 8));
  });

  it('takes an empty variable for an absent one, and ignores unknown ones', () => {
    expect(readConfig({ PORT: '', INCREASE_API_KEY: '  ', SOMETHING_ELSE: 'x' })).toEqual(readConfig({}));
  });

  it('judges DATABASE_URL as the driver and the store do', () => {
    expect(problemsOf({ DATABASE_URL: 'sqlite://x.db' })).toEqual([
      expect.stringMatching(/^DATABASE_URL must have no \/\/ after sqlite: .*\.$/),
    ]);
    expect(problemsOf({ DATABASE_URL: 'postgres://u:hunter2@/db?host=/cloudsql/p:r:i' })).toEqual([]);
  });

  it('names every secret that production misses', () => {
    expect(problemsOf({ NODE_ENV: 'production' }).map((problem) => problem.split(' ')[0])).toEqual([
      'INCODE_API_KEY',
      'INCREASE_API_KEY',
      'RELAY_API_KEY',
      'ENCRYPTION_KEYS',
      'AUTH_JWKS_URL,',
    ]);
  });

  it('lets in whoever has a token of the issuer that is set, everybody when told to, else this machine', () => {
    expect(readConfig(auth).access).toEqual({
      jwksUrl: 'https://id.example.com/keys',
      issuer: 'https://id.example.com',
      audience: 'onboarding',
      audienceClaim: 'aud',
      callerClaim: null,
      clockToleranceSeconds: 30,
    });
    expect(readConfig({ AUTH: 'none' }).access).toBe('NONE');
    expect(readConfig({}).access).toBe('LOOPBACK');
  });

  it('reads how tokens are to be read, and refuses what is none of it', () => {
    const how = {
      AUTH_AUDIENCE_CLAIM: 'client_id',
      AUTH_CALLER_CLAIM: 'https://example.com/user',
      AUTH_CLOCK_TOLERANCE_SECONDS: '0',
    };

    expect(readConfig({ ...auth, ...how }).access).toMatchObject({
      audienceClaim: 'client_id',
      callerClaim: 'https://example.com/user',
      clockToleranceSeconds: 0,
    });
    expect(
      problemsOf({
        ...auth,
        AUTH_AUDIENCE_CLAIM: 'iss',
        AUTH_CALLER_CLAIM: 'a b',
        AUTH_CLOCK_TOLERANCE_SECONDS: '301',
      }),
    ).toEqual([
      'AUTH_AUDIENCE_CLAIM must be aud, client_id or azp.',
      'AUTH_CALLER_CLAIM must be the name of a claim, for example sub.',
      'AUTH_CLOCK_TOLERANCE_SECONDS must be a whole number from 0 to 300.',
    ]);
  });

  it('refuses an issuer of which half is set, and one beside AUTH=none', () => {
    expect(problemsOf({ AUTH_JWKS_URL: auth.AUTH_JWKS_URL })).toEqual([
      expect.stringMatching(/^AUTH_ISSUER is required/),
      expect.stringMatching(/^AUTH_AUDIENCE is required .* all three, or none\.$/),
    ]);
    expect(problemsOf({ ...production, AUTH: '', AUTH_ISSUER: 'i', AUTH_AUDIENCE: 'a' })).toEqual([
      expect.stringMatching(/^AUTH_JWKS_URL is required .* all three, or AUTH=none instead\.$/),
    ]);
    expect(problemsOf({ ...auth, AUTH: 'none' })).toEqual([expect.stringMatching(/^AUTH=none contradicts/)]);
    expect(problemsOf({ ...production, ...auth, AUTH: '' })).toEqual([]);
  });

  it('refuses a router secret that can be guessed, without printing it', () => {
    const problems = problemsOf({ ROUTER_SECRET: 'short' });

    expect(problems).toEqual([expect.stringMatching(/^ROUTER_SECRET must have at least 16 /)]);
    expect(problems.join('')).not.toContain('short');
  });

  it('deals with a provider as is set for it alone, else for all', () => {
    const { policies } = readConfig({
      PROVIDER_TIMEOUT_MS: '3000',
      PROVIDER_MAX_PER_SECOND: '50',
      INCODE_TIMEOUT_MS: '9000',
      RELAY_MAX_ATTEMPTS: '1',
      INCREASE_MAX_PER_SECOND: '20',
    });

    expect(policies).toEqual({
      incode: { ...usual, timeoutMs: 9_000, maxPerSecond: 50 },
      increase: { ...usual, timeoutMs: 3_000, maxPerSecond: 20 },
      relay: { ...usual, timeoutMs: 3_000, maxPerSecond: 50, maxAttempts: 1 },
    });
  });

  it('refuses a policy that is none, for all or for one', () => {
    expect(
      problemsOf({
        PROVIDER_CIRCUIT_PERCENT: '0',
        PROVIDER_MAX_CONCURRENCY: 'many',
        RELAY_MAX_ATTEMPTS: '11',
        INCREASE_TIMEOUT_MS: '1s',
      }).toSorted(),
    ).toEqual([
      'INCREASE_TIMEOUT_MS must be a whole number from 1 to 600000.',
      'PROVIDER_CIRCUIT_PERCENT must be a whole number from 1 to 100.',
      'PROVIDER_MAX_CONCURRENCY must be a whole number from 1 to 10000.',
      'RELAY_MAX_ATTEMPTS must be a whole number from 1 to 10.',
    ]);
  });

  it('reads proxies in capitals and in lower case, which counts more', () => {
    const HTTPS_PROXY = 'http://user:hunter2@proxy.test:3128';

    expect(readConfig({ HTTPS_PROXY, NO_PROXY: '.test' }).proxy).toEqual({
      httpsProxy: HTTPS_PROXY,
      noProxy: '.test',
    });
    expect(
      readConfig({ HTTPS_PROXY, https_proxy: 'http://other.test', http_proxy: 'http://plain.test' }).proxy,
    ).toEqual({ httpsProxy: 'http://other.test', httpProxy: 'http://plain.test' });
    expect(readConfig({ NO_PROXY: '*' }).proxy).toBeNull();
    expect(problemsOf({ http_proxy: 'proxy:3128', HTTPS_PROXY: 'socks5://proxy' }).toSorted()).toEqual([
      expect.stringMatching(/^HTTPS_PROXY must be an http/),
      expect.stringMatching(/^http_proxy must be an http/),
    ]);
  });

  it('tells all problems at once, each by name and with the remedy, and prints no value', () => {
    const wrong = {
      PORT: 'wrong-1',
      NODE_ENV: 'wrong-2',
      INCREASE_API_KEY: 'wrong 3',
      RELAY_BASE_URL: 'wrong-4',
      DATABASE_URL: 'wrong-5',
      ENCRYPTION_KEYS: 'wrong-6',
      PLAYGROUND: 'wrong-7',
      CORS_ORIGINS: 'wrong-9',
      PROVIDER_TIMEOUT_MS: '0',
      LOG_LEVEL: 'wrong-8',
    };

    const problems = problemsOf(wrong);

    expect(problems.map((problem) => String(problem.split(' ')[0])).toSorted()).toEqual(
      Object.keys(wrong).toSorted(),
    );
    expect(problems.join('\n')).not.toMatch(/wrong/);
    expect(problems.every((problem) => / must /.test(problem))).toBe(true);
  });
});

const metricsOf = (env: Record<string, string>) => {
  const { metrics, metricsPort } = readConfig(env);
  return { metrics, metricsPort };
};

describe('METRICS', () => {
  it('is on in development, and with a port of its own', () => {
    expect(metricsOf({})).toEqual({ metrics: true, metricsPort: null });
    expect(metricsOf({ METRICS: 'off' })).toEqual({ metrics: false, metricsPort: null });
    expect(metricsOf({ METRICS_PORT: '9464' })).toEqual({ metrics: true, metricsPort: 9464 });
  });

  it('is refused where everybody could read them, and at the port of the graph', () => {
    expect(() => readConfig({ NODE_ENV: 'production', METRICS: 'on' })).toThrow(/Set METRICS_PORT/);
    expect(() => readConfig({ METRICS_PORT: '4001' })).toThrow(/METRICS_PORT is the port of the graph/);
  });
});
