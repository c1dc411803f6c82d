import { group, told, type Environment } from './group.ts';
import { httpUrl } from './kinds.ts';

export interface TracingConfig {
  /** Null: no traces. */
  readonly tracing: {
    /** All variables that begin with `OTEL_`. */
    readonly environment: Readonly<Record<string, string>>;
    /** What the collector knows us by. */
    readonly secrets: readonly string[];
  } | null;
}

export const tracingGroup = group({
  about: 'where traces go; all variables that begin with OTEL_ are OpenTelemetry’s',
  variables: {
    OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional().register(told, {
      meaning:
        'the collector that traces are sent to, for example `http://127.0.0.1:4318`; [this and the other `OTEL_…` variables](docs/tracing.md)',
      otherwise: 'no traces',
    }),
  },
  problems: (given) => (isOn(given) ? ALLOWED.flatMap((one) => problemOf(given, one)) : []),
  config: (_env, _isProduction, given): TracingConfig => ({ tracing: isOn(given) ? tracingOf(given) : null }),
});

function isOn(given: Environment): boolean {
  const isWanted =
    given['OTEL_SDK_DISABLED']?.toLowerCase() !== 'true' && given['OTEL_TRACES_EXPORTER'] !== 'none';
  return isWanted && ENDPOINTS.some((name) => given[name] !== undefined);
}

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];

function tracingOf(given: Environment): TracingConfig['tracing'] {
  const entries = Object.entries(given).flatMap(([name, value]) =>
    name.startsWith('OTEL_') && value !== undefined ? [[name, value] as const] : [],
  );
  const headers = entries.flatMap(([name, value]) => (name.endsWith('_HEADERS') ? value.split(',') : []));
  return {
    environment: Object.fromEntries(entries),
    secrets: headers.map((header) => header.slice(header.indexOf('=') + 1).trim()),
  };
}

interface Allowed {
  readonly name: string;
  readonly fits: (value: string) => boolean;
  readonly remedy: string;
}

const PROTOCOL = { fits: (value: string) => value === 'http/protobuf', remedy: 'must be http/protobuf.' };
const SAMPLERS = /^(parentbased_)?(always_on|always_off|traceidratio)$/;

const ALLOWED: readonly Allowed[] = [
  {
    name: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    fits: (value) => httpUrl.safeParse(value).success,
    remedy: 'must be an http(s) URL, for example http://127.0.0.1:4318/v1/traces.',
  },
  { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', ...PROTOCOL },
  { name: 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', ...PROTOCOL },
  {
    name: 'OTEL_TRACES_SAMPLER',
    fits: (value) => SAMPLERS.test(value),
    remedy: 'must be always_on, always_off or traceidratio, or one of them after parentbased_.',
  },
  {
    name: 'OTEL_TRACES_SAMPLER_ARG',
    fits: (value) => /^(0(\.\d+)?|1(\.0+)?)$/.test(value),
    remedy: 'must be a number from 0 to 1.',
  },
];

function problemOf(given: Environment, { name, fits, remedy }: Allowed): string[] {
  const value = given[name];
  return value === undefined || fits(value) ? [] : [`${name} ${remedy}`];
}
