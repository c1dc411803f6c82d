import { z } from 'zod';

import { isLoopback } from '../../formats/loopback.ts';
import { toOrigins } from '../origins.ts';
import { group, told, type Environment } from './group.ts';
import { credential, httpUrl, wholeNumber } from './kinds.ts';

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

export interface WhoMayCall {
  readonly access: AccessConfig;
  /** Null: requests need not come through a router. */
  readonly routerSecret: string | null;
  /** Pages of these origins may call the graph. */
  readonly corsOrigins: readonly string[];
}

const variables = {
  AUTH_JWKS_URL: httpUrl
    .refine(
      (value) => !URL.parse(value)?.username && !URL.parse(value)?.password,
      'must be without a user name and a password',
    )
    .optional()
    .register(told, {
      meaning:
        'whose access tokens are accepted: where its public keys are (https in production). It is set together with the issuer and the audience; production needs the three, or `AUTH`',
    }),
  AUTH_ISSUER: z.string().optional().register(told, { meaning: 'the `iss` of its tokens' }),
  AUTH_AUDIENCE: z.string().optional().register(told, { meaning: 'the `aud` of its tokens for this graph' }),
  AUTH_AUDIENCE_CLAIM: z
    .enum(['aud', 'client_id', 'azp'], 'must be aud, client_id or azp')
    .default('aud')
    .register(told, {
      meaning: 'the claim that holds the audience: `aud`, `client_id` (Amazon Cognito) or `azp`',
    }),
  AUTH_CALLER_CLAIM: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'must be the name of a claim, for example sub')
    .optional()
    .register(told, {
      meaning: 'the claim that says who calls',
      otherwise: 'the first that is there of `sub`, `client_id` and `azp`',
    }),
  AUTH_CLOCK_TOLERANCE_SECONDS: wholeNumber(0, 300)
    .default(30)
    .register(told, { meaning: 'by how much clocks may differ, 300 at most' }),
  AUTH: z.enum(['none'], 'must be none, or not be set').optional().register(told, {
    meaning: '`none`, on purpose: whoever can reach the service may do everything',
    otherwise: 'without tokens, in development: this machine alone',
  }),
  ROUTER_SECRET: credential.min(16, 'must have at least 16 characters').optional().register(told, {
    meaning:
      'when set, 16 characters or more: every request but health (and preflights) needs it in `x-router-secret`',
  }),
  CORS_ORIGINS: z.string().transform(toOrigins).optional().register(told, {
    meaning:
      'pages that may call the graph from a browser: exact origins (`https://app.example.com`), separated by commas; no cookies, no `*`',
  }),
};

export const accessGroup = group({
  about: 'who may call',
  variables,
  problems: accessProblems,
  config: (env): WhoMayCall => ({
    access: toAccess(env),
    routerSecret: env.ROUTER_SECRET ?? null,
    corsOrigins: env.CORS_ORIGINS ?? [],
  }),
});

function toAccess(env: z.output<z.ZodObject<typeof variables>>): AccessConfig {
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

const AUTH_NAMES = ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE'] as const;

function accessProblems(given: Environment, isProduction: boolean): string[] {
  const missing = AUTH_NAMES.filter((name) => given[name] === undefined);
  const isWithout = missing.length === AUTH_NAMES.length;
  if (given['AUTH'] !== undefined) {
    return isWithout
      ? []
      : ['AUTH=none contradicts AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE. Set the one or the others.'];
  }
  if (isWithout) return isProduction ? [NEEDED_IN_PRODUCTION] : [];
  const others = isProduction ? 'or AUTH=none instead' : 'or none';
  return [
    ...missing.map(
      (name) => `${name} is required together with the other AUTH_… variables. Set all three, ${others}.`,
    ),
    ...keyServerProblems(given['AUTH_JWKS_URL'], isProduction),
  ];
}

const NEEDED_IN_PRODUCTION =
  'AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE are required in production. Set them to where the keys of your identity provider are, its `iss`, and the `aud` of its tokens for this graph; or AUTH=none when nothing but your router can reach it.';

/** Whoever can change the keys on their way can make tokens. */
function keyServerProblems(jwksUrl: string | undefined, isProduction: boolean): string[] {
  const { protocol, hostname } = URL.parse(jwksUrl ?? '') ?? {};
  if (!isProduction || protocol !== 'http:' || isLoopback(hostname ?? '')) return [];
  return [
    'AUTH_JWKS_URL must be an https URL in production: nothing protects keys that are fetched over http.',
  ];
}
