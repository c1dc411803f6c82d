import { z } from 'zod';

import { group, told } from './group.ts';
import { credential, httpUrl } from './kinds.ts';

/** A provider that we have a key for. */
export interface ProviderConfig {
  readonly apiKey: string;
  readonly baseUrl: string;
}

/** Null without a key: the provider is then served by the built-in sandbox. */
export interface ProvidersConfig {
  readonly incode: (ProviderConfig & { readonly configurationId: string | undefined }) | null;
  readonly increase: ProviderConfig | null;
  readonly relay: (ProviderConfig & { readonly clientId: string | undefined }) | null;
}

export const providersGroup = group({
  about: 'the providers; in development, one without a key is served by the built-in sandbox',
  variables: {
    INCODE_API_KEY: credential.optional().register(told, {
      meaning: 'Incode: identity checks of people',
      neededInProduction: 'Set it to the API key that Incode gave you.',
    }),
    INCODE_BASE_URL: httpUrl
      .default('https://demo-api.incodesmile.com')
      .register(told, { meaning: 'production: the host that Incode gave you' }),
    INCODE_CONFIGURATION_ID: z
      .string()
      .optional()
      .register(told, { meaning: 'the Flow of a caller who names none' }),
    INCREASE_API_KEY: credential.optional().register(told, {
      meaning: 'Increase: hosted onboarding of businesses',
      neededInProduction: 'Set it to an API key of your Increase account.',
    }),
    INCREASE_BASE_URL: httpUrl
      .default('https://sandbox.increase.com')
      .register(told, { meaning: 'production: `https://api.increase.com`' }),
    RELAY_API_KEY: credential.optional().register(told, {
      meaning: 'Relay: onboarding to messaging',
      neededInProduction: 'Set it to the API key that Relay gave you.',
    }),
    RELAY_BASE_URL: httpUrl
      .default('https://api.relaystaging.com/platform/v3/api')
      .register(told, { meaning: 'production: `https://api.relayzone.com/platform/v3/api`' }),
    RELAY_CLIENT_ID: z
      .string()
      .optional()
      .register(told, { meaning: 'the client of a caller who names none' }),
  },
  config: (env): ProvidersConfig => ({
    incode: withKey(env.INCODE_API_KEY, {
      baseUrl: env.INCODE_BASE_URL,
      configurationId: env.INCODE_CONFIGURATION_ID,
    }),
    increase: withKey(env.INCREASE_API_KEY, { baseUrl: env.INCREASE_BASE_URL }),
    relay: withKey(env.RELAY_API_KEY, { baseUrl: env.RELAY_BASE_URL, clientId: env.RELAY_CLIENT_ID }),
  }),
});

function withKey<T>(apiKey: string | undefined, rest: T): (T & { apiKey: string }) | null {
  return apiKey === undefined ? null : { apiKey, ...rest };
}
