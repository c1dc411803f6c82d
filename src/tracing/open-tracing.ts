import { setTimeout as delay } from 'node:timers/promises';

import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

import { tellingOfFailures } from './failed-exports.ts';
import { operationSpans } from './operation-spans.ts';
import { samplerOf } from './sampler.ts';
import { tracingWith, type Tracing } from './tracing.ts';

const SERVICE_NAME = 'onboarding-subgraph';
/** For the last spans of a process that ends. */
const FLUSH_WITHIN_MS = 2_000;

interface OpenTracingOptions {
  /** The standard variables, all of which begin with `OTEL_`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Told once a minute at most. */
  readonly onFailure: (code: string | number | null) => void;
}

export interface OpenTracing extends Tracing {
  readonly plugin: ReturnType<typeof operationSpans>;
  /** Sends what is left, for 2 s at most. */
  close(): Promise<void>;
}

/** Loads the SDK, which nothing else does, and sends spans from now on. One per process. */
export function openTracing({ environment, onFailure }: OpenTracingOptions): OpenTracing {
  Object.assign(process.env, environment); // where the SDK reads them, and where those of `.env` are not
  const exporter = tellingOfFailures(new OTLPTraceExporter(), onFailure);
  const provider = new TracerProvider({
    sampler: samplerOf(environment['OTEL_TRACES_SAMPLER'], environment['OTEL_TRACES_SAMPLER_ARG']),
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': SERVICE_NAME }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor({ exporter, ...batchOf(environment) })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return {
    ...tracingWith(provider.getTracer(SERVICE_NAME)),
    plugin: operationSpans(),
    async close() {
      const flushed = provider.shutdown().catch(() => undefined); // which was told already
      await Promise.race([flushed, delay(FLUSH_WITHIN_MS, undefined, { ref: false })]);
      context.disable();
    },
  };
}

function batchOf({
  OTEL_BSP_SCHEDULE_DELAY: delayMs,
  OTEL_BSP_MAX_QUEUE_SIZE: size,
}: Record<string, string>) {
  return {
    ...(Number(delayMs) > 0 && { scheduledDelayMillis: Number(delayMs) }),
    ...(Number(size) > 0 && { maxQueueSize: Number(size) }),
  };
}
