import { z } from 'zod';

import { databaseUrlProblem } from '../formats/database-url.ts';
import { encryptionKeyOf } from '../formats/encryption-key.ts';
import { isLoopback } from '../formats/loopback.ts';
import { manifestIn } from './manifest-file.ts';
import { toOrigins } from './origins.ts';
import { StartupProblem } from './startup-problem.ts';

/** A provider that we have a key for. */
export interface ProviderConfig {
  readonly apiKey: string;
  readonly baseUrl: string;
}

/** Who may call: whoever has a token of this issuer; `NONE`: everybody, on purpose; `LOOPBACK`: this machine alone. */
export type AccessConfig =
  | {
      readonly jwksUrl: string;
      readonly issuer: string;
      readonly audience: string;
      /** The claim that holds the audience. */
      readonly audienceClaim: string;
      /** The claim that says who calls. Null: the first that is there of `sub`, `client_id` and `azp`. */
      readonly callerClaim: string | null;
      readonly clockToleranceSeconds: number;
    }
  | 'NONE'
  | 'LOOPBACK';

export interface Config {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly isProduction: boolean;
  /** Null without a key: the provider is then served by the built-in sandbox. */
  readonly incode: (ProviderConfig & { readonly configurationId: string | undefined }) | null;
  readonly increase: ProviderConfig | null;
  readonly relay: (ProviderConfig & { readonly clientId: string | undefined }) | null;
  /** `sqlite:<file>`, `sqlite::memory:` or `postgres://…`, which holds a password. */
  readonly databaseUrl: string;
  /** 32 bytes each: the first encrypts, all decrypt. Null: one is made and kept beside the database. */
  readonly encryptionKeys: readonly Buffer[] | null;
  readonly access: AccessConfig;
  /** Null: requests need not come through a router. */
  readonly routerSecret: string | null;
  /** Of one operation, in the units of the schema's `@cost`. */
  readonly maxCost: number;
  readonly playground: boolean;
  readonly introspection: boolean;
  /** Pages of these origins may call the graph. */
  readonly corsOrigins: readonly string[];
  /** The file of a manifest, in JSON: only the operations in it are answered. Null: every operation is. */
  readonly trustedDocuments: string | null;
  readonly providerTimeoutMs: number;
  readonly operationTimeoutMs: number;
  readonly logLevel: string;
}

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

const onOrOff = z.enum(['on', 'off'], 'must be on or off').transform((value) => value === 'on');
const httpUrl = z
  .string()
  .refine(
    (value) => /^https?:\/\//.test(value) && URL.canParse(value),
    'must be an http(s) URL, for example https://api.example.com',
  );
// Fetch and undici refuse to send anything else in a header.
const credential = z.string().regex(/^[\x21-\x7e]+$/, 'must consist of printable ASCII characters');
const milliseconds = wholeNumber(1, 600_000);

const Variables = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(4001),
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'must be development or production')
    .default('development'),
  INCODE_API_KEY: credential.optional(),
  INCODE_BASE_URL: httpUrl.default('https://demo-api.incodesmile.com'),
  INCODE_CONFIGURATION_ID: z.string().optional(),
  INCREASE_API_KEY: credential.optional(),
  INCREASE_BASE_URL: httpUrl.default('https://sandbox.increase.com'),
  RELAY_API_KEY: credential.optional(),
  RELAY_BASE_URL: httpUrl.default('https://api.relaystaging.com/platform/v3/api'),
  RELAY_CLIENT_ID: z.string().optional(),
  DATABASE_URL: z
    .string()
    .superRefine((value, context) => {
      const message = databaseUrlProblem(value);
      if (message !== null) context.addIssue({ code: 'custom', message });
    })
    .default('sqlite:data/onboarding.db'),
  ENCRYPTION_KEYS: z.string().transform(toKeys).optional(),
  AUTH: z.enum(['none'], 'must be none, or not be set').optional(),
  AUTH_JWKS_URL: httpUrl
    .refine(
      (value) => !URL.parse(value)?.username && !URL.parse(value)?.password,
      'must be without a user name and a password',
    )
    .optional(),
  AUTH_ISSUER: z.string().optional(),
  AUTH_AUDIENCE: z.string().optional(),
  AUTH_AUDIENCE_CLAIM: z.enum(['aud', 'client_id', 'azp'], 'must be aud, client_id or azp').default('aud'),
  AUTH_CALLER_CLAIM: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'must be the name of a claim, for example sub')
    .optional(),
  AUTH_CLOCK_TOLERANCE_SECONDS: wholeNumber(0, 300).default(30),
  ROUTER_SECRET: credential.min(16, 'must have at least 16 characters').optional(),
  MAX_COST: wholeNumber(1, 1_000_000).default(1_000),
  PLAYGROUND: onOrOff.optional(),
  INTROSPECTION: onOrOff.optional(),
  TRUSTED_DOCUMENTS: z.string().optional(),
  CORS_ORIGINS: z.string().transform(toOrigins).optional(),
  PROVIDER_TIMEOUT_MS: milliseconds.default(10_000),
  OPERATION_TIMEOUT_MS: milliseconds.default(25_000),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'must be trace, debug, info, warn, error, fatal or silent',
    )
    .default('info'),
});

/** What production cannot do without, and where it comes from. */
const SECRETS = {
  INCODE_API_KEY: 'Set it to the API key that Incode gave you.',
  INCREASE_API_KEY: 'Set it to an API key of your Increase account.',
  RELAY_API_KEY: 'Set it to the API key that Relay gave you.',
  ENCRYPTION_KEYS: 'Set it to a key made with: openssl rand -base64 32',
} as const;

/**
 * Reads the configuration from the environment. An empty variable counts as absent.
 * @throws {StartupProblem} with everything that is wrong at once: by name and with the remedy, never by value
 */
export function readConfig(env: Environment): Config {
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const isProduction = given['NODE_ENV'] === 'production';
  const missing = Object.entries(SECRETS)
    .filter(([name]) => isProduction && given[name] === undefined)
    .map(([name, remedy]) => `${name} is required in production. ${remedy}`);
  const result = Variables.safeParse(given);
  const malformed = result.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}.`) ?? [];
  const problems = [
    ...malformed,
    ...missing,
    ...accessProblems(given, isProduction),
    ...trustedDocumentsProblems(given),
  ];
  if (!result.success || problems.length > 0) throw new StartupProblem(problems);
  return toConfig(result.data, isProduction);
}

const AUTH_NAMES = ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE'] as const;

function accessProblems(given: Environment, isProduction: boolean): string[] {
  const missing = AUTH_NAMES.filter((name) => given[name] === undefined);
  if (given['AUTH'] !== undefined) {
    return missing.length === AUTH_NAMES.length
      ? []
      : ['AUTH=none contradicts AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE. Set the one or the others.'];
  }
  if (missing.length === AUTH_NAMES.length) {
    return isProduction
      ? [
          'AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE are required in production. Set them to where the keys of your identity provider are, its `iss`, and the `aud` of its tokens for this graph; or AUTH=none when nothing but your router can reach it.',
        ]
      : [];
  }
  const others = isProduction ? 'or AUTH=none instead' : 'or none';
  return [
    ...missing.map(
      (name) => `${name} is required together with the other AUTH_… variables. Set all three, ${others}.`,
    ),
    ...keyServerProblems(given['AUTH_JWKS_URL'], isProduction),
  ];
}

/** Whoever can change the keys on their way can make tokens. */
function keyServerProblems(jwksUrl: string | undefined, isProduction: boolean): string[] {
  const { protocol, hostname } = URL.parse(jwksUrl ?? '') ?? {};
  if (!isProduction || protocol !== 'http:' || isLoopback(hostname ?? '')) return [];
  return [
    'AUTH_JWKS_URL must be an https URL in production: nothing protects keys that are fetched over http.',
  ];
}

function trustedDocumentsProblems({ TRUSTED_DOCUMENTS: file, PLAYGROUND }: Environment): string[] {
  if (file === undefined) return [];
  const contradictions =
    PLAYGROUND === 'on'
      ? [
          'PLAYGROUND=on contradicts TRUSTED_DOCUMENTS, which answers nothing that a playground asks. Set the one or the other.',
        ]
      : [];
  try {
    manifestIn(file);
    return contradictions;
  } catch (error) {
    if (!(error instanceof StartupProblem)) throw error;
    return [...contradictions, ...error.problems];
  }
}

function toAccess(env: z.output<typeof Variables>): AccessConfig {
  const { AUTH, AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = env;
  if (AUTH === 'none') return 'NONE';
  if (jwksUrl === undefined || issuer === undefined || audience === undefined) return 'LOOPBACK';
  return {
    jwksUrl,
    issuer,
    audience,
    audienceClaim: env.AUTH_AUDIENCE_CLAIM,
    callerClaim: env.AUTH_CALLER_CLAIM ?? null,
    clockToleranceSeconds: env.AUTH_CLOCK_TOLERANCE_SECONDS,
  };
}

function toConfig(env: z.output<typeof Variables>, isProduction: boolean): Config {
  const isExplorable = !isProduction && env.TRUSTED_DOCUMENTS === undefined;
  return {
    host: env.HOST,
    port: env.PORT,
    isProduction,
    incode: withKey(env.INCODE_API_KEY, {
      baseUrl: env.INCODE_BASE_URL,
      configurationId: env.INCODE_CONFIGURATION_ID,
    }),
    increase: withKey(env.INCREASE_API_KEY, { baseUrl: env.INCREASE_BASE_URL }),
    relay: withKey(env.RELAY_API_KEY, { baseUrl: env.RELAY_BASE_URL, clientId: env.RELAY_CLIENT_ID }),
    databaseUrl: env.DATABASE_URL,
    encryptionKeys: env.ENCRYPTION_KEYS ?? null,
    access: toAccess(env),
    routerSecret: env.ROUTER_SECRET ?? null,
    maxCost: env.MAX_COST,
    playground: env.PLAYGROUND ?? isExplorable,
    introspection: env.INTROSPECTION ?? isExplorable,
    corsOrigins: env.CORS_ORIGINS ?? [],
    trustedDocuments: env.TRUSTED_DOCUMENTS ?? null,
    providerTimeoutMs: env.PROVIDER_TIMEOUT_MS,
    operationTimeoutMs: env.OPERATION_TIMEOUT_MS,
    logLevel: env.LOG_LEVEL,
  };
}

function withKey<T>(apiKey: string | undefined, rest: T): (T & { apiKey: string }) | null {
  return apiKey === undefined ? null : { apiKey, ...rest };
}

function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}

function toKeys(value: string, context: z.RefinementCtx): Buffer[] {
  const keys = value.split(',').map((key) => encryptionKeyOf(key.trim()));
  const wrong = keys.flatMap((key, index) => (key ? [] : [index + 1]));
  if (wrong.length > 0) {
    context.addIssue({
      code: 'custom',
      message:
        'must be keys of 32 bytes in base64 (44 characters that end in =) with commas between them and nothing else; ' +
        `number ${wrong.join(' and ')} of ${keys.length} is none. Make one with: openssl rand -base64 32`,
    });
  }
  return keys.filter((key) => key !== null);
}
