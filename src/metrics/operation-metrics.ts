import { Counter, Histogram, type Registry } from 'prom-client';

import { boundedLabel } from './bounded-label.ts';

const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const MAX_OPERATIONS = 100;
const MAX_CLIENTS = 20;
const MAX_CODES = 50;

/** An operation that was answered. */
export interface OperationReport {
  readonly name: string | null;
  readonly kind: string | undefined;
  /** As the client calls itself. */
  readonly client: string | null;
  readonly durationMs: number;
  readonly callerWentAway: boolean;
  /** Of its errors; undefined where it has none. */
  readonly errorCodes: readonly string[] | undefined;
  readonly userErrorCodes: readonly string[];
}

/** Counts operations by name, client and code, each bounded in number. */
export function operationMetrics(registry: Registry): (report: OperationReport) => void {
  const registers = [registry];
  const operations = new Counter({
    name: 'onboarding_operations_total',
    help: 'Operations, once for each code that they ended in; OK where there was none, CALLER_GONE where nobody waited.',
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

  const codeOf = boundedLabel(MAX_CODES);

  return (report) => {
    const { name, kind = 'none', client, durationMs } = report;
    durations.observe({ kind }, durationMs / 1_000);
    const labels = { operation: nameOf(name), kind, client: clientOf(client) };
    for (const code of endsOf(report)) operations.inc({ ...labels, code: codeOf(code) });
  };
}

function endsOf({ callerWentAway, errorCodes = [], userErrorCodes }: OperationReport): Iterable<string> {
  if (callerWentAway) return ['CALLER_GONE'];
  const codes = new Set([...errorCodes, ...userErrorCodes]);
  return codes.size === 0 ? ['OK'] : codes;
}
