import { Counter, Histogram, type Registry } from 'prom-client';

import { boundedLabel } from './bounded-label.ts';

const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const MAX_OPERATIONS = 100;
const MAX_CLIENTS = 50;

/** An operation that was answered. */
export interface OperationReport {
  readonly name: string | null;
  readonly kind: string | undefined;
  /** As the client calls itself. */
  readonly client: string | null;
  /** Of its errors and of its `userErrors`, each once; empty when all went well. */
  readonly codes: readonly string[];
  readonly durationMs: number;
}

/** Counts operations by name, client and code, each bounded in number. */
export function operationMetrics(registry: Registry): (report: OperationReport) => void {
  const registers = [registry];
  const operations = new Counter({
    name: 'onboarding_operations_total',
    help: 'Operations, once for each code that they ended in; OK where there was none.',
    labelNames: ['operation', 'kind', 'client', 'code'],
    registers,
  });
  const durations = new Histogram({
    name: 'onboarding_operation_duration_seconds',
    help: 'How long an operation took.',
    labelNames: ['kind'],
    buckets: BUCKETS_S,
    registers,
  });
  const nameOf = boundedLabel(MAX_OPERATIONS);
  const clientOf = boundedLabel(MAX_CLIENTS);

  return ({ name, kind = 'none', client, codes, durationMs }) => {
    durations.observe({ kind }, durationMs / 1_000);
    const labels = { operation: nameOf(name), kind, client: clientOf(client) };
    for (const code of codes.length === 0 ? ['OK'] : codes) operations.inc({ ...labels, code });
  };
}
