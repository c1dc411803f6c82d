import { z } from 'zod';

import { StartupProblem } from './startup-problem.ts';
import { accessGroup, type WhoMayCall } from './variables/access.ts';
import { graphGroup, type GraphConfig } from './variables/graph.ts';
import { told, type Environment, type Group } from './variables/group.ts';
import { limitsGroup, type LimitsConfig } from './variables/limits.ts';
import { loggingGroup, type LoggingConfig } from './variables/logging.ts';
import { policiesGroup, type PoliciesConfig } from './variables/policies.ts';
import { metricsGroup, type MetricsConfig } from './variables/metrics.ts';
import { processGroup, type ProcessConfig } from './variables/process.ts';
import { providersGroup, type ProvidersConfig } from './variables/providers.ts';
import { proxiesGroup, type ProxiesConfig } from './variables/proxies.ts';
import { storeGroup, type StoreConfig } from './variables/store.ts';
import { tracingGroup, type TracingConfig } from './variables/tracing.ts';

export type { AccessConfig } from './variables/access.ts';
export type { Environment } from './variables/group.ts';

/** What the parts of the process are started with. Flat, so that a test can put one value in place of another. */
export interface Config
  extends
    ProcessConfig,
    ProvidersConfig,
    PoliciesConfig,
    ProxiesConfig,
    StoreConfig,
    WhoMayCall,
    GraphConfig,
    LimitsConfig,
    LoggingConfig,
    MetricsConfig,
    TracingConfig {}

/** In the order in which people are told of them. */
export const GROUPS: readonly Group[] = [
  processGroup,
  providersGroup,
  policiesGroup,
  proxiesGroup,
  storeGroup,
  accessGroup,
  graphGroup,
  limitsGroup,
  loggingGroup,
  metricsGroup,
  tracingGroup,
];

const Variables = z.object({
  ...processGroup.variables,
  ...providersGroup.variables,
  ...policiesGroup.variables,
  ...proxiesGroup.variables,
  ...storeGroup.variables,
  ...accessGroup.variables,
  ...graphGroup.variables,
  ...limitsGroup.variables,
  ...loggingGroup.variables,
  ...metricsGroup.variables,
  ...tracingGroup.variables,
});

/** Their names. */
export const VARIABLES: readonly string[] = Object.keys(Variables.shape);

/**
 * Reads the configuration from the environment. An empty variable counts as absent.
 * @throws {StartupProblem} with everything that is wrong at once: by name and with the remedy, never by value
 */
export function readConfig(env: Environment): Config {
  const given = withoutEmpty(env);
  const isProduction = given['NODE_ENV'] === 'production';
  const { data, error } = Variables.safeParse(given);
  const problems = [
    ...(error?.issues.map(({ path, message }) => `${path.join('.')} ${message}.`) ?? []),
    ...(isProduction ? missingIn(given) : []),
    ...GROUPS.flatMap((group) => group.problems?.(given, isProduction) ?? []),
  ];
  if (data === undefined || problems.length > 0) throw new StartupProblem(problems);
  return {
    ...processGroup.config(data, isProduction, given),
    ...providersGroup.config(data, isProduction, given),
    ...policiesGroup.config(data, isProduction, given),
    ...proxiesGroup.config(data, isProduction, given),
    ...storeGroup.config(data, isProduction, given),
    ...accessGroup.config(data, isProduction, given),
    ...graphGroup.config(data, isProduction, given),
    ...limitsGroup.config(data, isProduction, given),
    ...loggingGroup.config(data, isProduction, given),
    ...metricsGroup.config(data, isProduction, given),
    ...tracingGroup.config(data, isProduction, given),
  };
}

function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
}

function missingIn(given: Environment): string[] {
  return Object.entries(Variables.shape).flatMap(([name, variable]) => {
    const remedy = told.get(variable)?.neededInProduction;
    return remedy === undefined || given[name] !== undefined
      ? []
      : [`${name} is required in production. ${remedy}`];
  });
}
