import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace';

const TOLD_EVERY_MS = 60_000;

/** Tells, once a minute at most, that spans could not be sent: a status or a code where the error has one, and no message. */
export function tellingOfFailures(
  exporter: SpanExporter,
  onFailure: (code: string | number | null) => void,
): SpanExporter {
  let toldAt = -Infinity;
  const tell = (error: unknown) => {
    if (performance.now() - toldAt < TOLD_EVERY_MS) return;
    toldAt = performance.now();
    // It comes about in the course of some request or other, whose line it is not.
    context.with(ROOT_CONTEXT, () => onFailure(codeOf(error)));
  };
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.code === ExportResultCode.FAILED) tell(result.error);
        done(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

function codeOf(error: unknown): string | number | null {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' || typeof code === 'number' ? code : null;
}
