import type { CodegenConfig } from '@graphql-codegen/cli';

const domain = '../onboarding';

/** Writes the resolvers' types. `npm run codegen` writes, `npm test` checks that they are current. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  emitLegacyCommonJSImports: false,
  generates: {
    'src/__generated__/resolvers.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        federation: true,
        useIndexSignature: true,
        contextType: '../graphql/context.ts#Context',
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        importExtension: '.ts',
        inputMaybeValue: 'T | null | undefined',
        scalars: {
          _FieldSet: 'string',
          Date: 'string',
          DateTime: { input: 'Date', output: 'Date' },
          URL: 'string',
          federation__Scope: 'string',
          OnboardingCacheScope: 'string',
        },
        mappers: {
          OnboardingSession: `${domain}/onboarding-session.ts#OnboardingSession as OnboardingSessionParent`,
          EntityOnboardingSession: `${domain}/entity-onboarding-session.ts#EntityOnboardingSession as EntityOnboardingSessionParent`,
          IncreaseEntity: '../graphql/mention.ts#Mention',
          IncreaseProgram: '../graphql/mention.ts#Mention',
          CustomerOnboard: `${domain}/customer-onboard.ts#CustomerOnboard as CustomerOnboardParent`,
          OnboardingProviderHealth: `${domain}/provider-health.ts#ProviderHealth`,
          Customer: `${domain}/customer.ts#Customer as CustomerParent`,
        },
      },
    },
  },
};

export default config;
