import { describe, expect, it } from 'vitest';

import { readConfig } from '../../src/config/config.ts';

const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:4318';

describe('traces', () => {
  it.each([
    {},
    { OTEL_SERVICE_NAME: 'graph', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_EXPORTER: 'none' },
  ])('are off with %o', (env) => {
    expect(readConfig(env).tracing).toBeNull();
  });

  it.each([
    { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SDK_DISABLED: 'false' },
    { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces' },
  ])('are on with %o', (environment) => {
    expect(readConfig({ PORT: '1', ...environment }).tracing).toEqual({ environment, secrets: [] });
  });

  it('keep what the collector knows us by out of the log', () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS: 'x-key=first=one, y=second' };

    expect(readConfig(env).tracing?.secrets).toEqual(['first=one', 'second']);
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'http/json'],
    ['OTEL_TRACES_SAMPLER', 'jaeger_remote'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
  ])('are refused at the start with %s=%s', (name, value) => {
    expect(() => readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT, [name]: value })).toThrow(
      expect.objectContaining({ problems: [expect.stringMatching(`^${name} must be `)] }),
    );
  });
});
