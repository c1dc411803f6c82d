import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
} from '@opentelemetry/sdk-trace';

/** `OTEL_TRACES_SAMPLER` and its argument, which the SDK leaves to us to read. By default a caller's decision, and else all. */
export function samplerOf(name = 'parentbased_always_on', argument = '1'): Sampler {
  const root = ROOTS[name.replace('parentbased_', '')]?.(Number(argument)) ?? new AlwaysOnSampler();
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}

const ROOTS: Readonly<Record<string, (ratio: number) => Sampler>> = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (ratio) => new TraceIdRatioBasedSampler(ratio),
};
