import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { load, type Answered } from './bad-day/load.ts';
import type { Mood } from './bad-day/moody-proxy.ts';
import { startScene, type ProviderName, type Scene } from './bad-day/scene.ts';

// Hours in minutes: a mixed load while one provider after the other has a bad day. Ends with 1 where memory grows, sockets or
// timers are left over, or a mutation that was acknowledged was not carried out exactly once.
const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 600);
const PER_SECOND = Number(process.env['SOAK_PER_SECOND'] ?? 25);
const WARM_UP_SECONDS = Math.min(60, SECONDS / 3);
const SAMPLE_MS = 2_000;
const MOOD_MS = 3_000;
const MAX_SLOPE_MB_A_MINUTE = 1;

const MOODS: readonly Mood[] = [
  { slowMs: 700 },
  { status: 500 },
  { status: 503 },
  { status: 429, retryAfterSeconds: 1 },
  'FORGETFUL',
  'DEAD',
];
const NAMES: readonly ProviderName[] = ['incode', 'increase', 'relay'];

interface Sample {
  readonly minute: number;
  readonly heapMb: number;
}

const scene = await startScene();
const acknowledged: Answered[] = [];
let answers = 0;
const codes = new Map<string, number>();
const before = await resources(scene);

const begin = performance.now();
const isOver = () => performance.now() - begin > SECONDS * 1_000;
const loading = load({
  url: scene.url,
  perSecond: PER_SECOND,
  forMs: SECONDS * 1_000,
  onAnswer(answered) {
    answers++;
    if (answered.code !== null) codes.set(answered.code, (codes.get(answered.code) ?? 0) + 1);
    else if (answered.writes) acknowledged.push(answered);
  },
});
const [heap] = await Promise.all([sampled(), badDays(), loading]);
await delay(6_000); // idle connections are let go
const after = await resources(scene);
const slope = slopeOf(heap.filter(({ minute }) => minute * 60 > WARM_UP_SECONDS));
const accounts = accountsOf(scene);
await scene.stop();

const problems = [
  ...(slope > MAX_SLOPE_MB_A_MINUTE ? [`memory grows by ${slope.toFixed(2)} MB a minute`] : []),
  ...(after.sockets > before.sockets + 2 ? [`${after.sockets - before.sockets} sockets are left over`] : []),
  ...(after.timers > before.timers + 2 ? [`${after.timers - before.timers} timers are left over`] : []),
  ...(accounts.lost > 0 ? [`${accounts.lost} acknowledged mutations were not carried out`] : []),
  ...(accounts.twice > 0 ? [`${accounts.twice} mutations were carried out more than once`] : []),
];
console.log(
  `${answers} operations in ${SECONDS} s, ${acknowledged.length} mutations acknowledged; refused: ${JSON.stringify(Object.fromEntries(codes))}`,
);
console.log(
  `heap after garbage: ${slope.toFixed(2)} MB a minute; sockets ${before.sockets} → ${after.sockets}; timers ${before.timers} → ${after.timers}; not carried out: ${accounts.lost}; carried out twice: ${accounts.twice}`,
);
for (const problem of problems) console.error(`NOT GOOD: ${problem}`);
process.exit(problems.length === 0 ? 0 : 1);

/** One provider after the other is not well for a while. */
async function badDays(): Promise<void> {
  for (let turn = 0; !isOver(); turn++) {
    const provider = scene.providers[NAMES[turn % NAMES.length]!];
    await provider.become(MOODS[turn % MOODS.length]!);
    await delay(MOOD_MS);
    await provider.become('WELL');
    await delay(MOOD_MS);
  }
}

async function sampled(): Promise<Sample[]> {
  const samples: Sample[] = [];
  while (!isOver()) {
    await delay(SAMPLE_MS);
    const heapBytes = (await scene.metric('nodejs_heap_size_used_bytes')) ?? 0;
    samples.push({ minute: (performance.now() - begin) / 60_000, heapMb: heapBytes / 1_048_576 });
  }
  return samples;
}

/** Garbage comes and goes: what counts are the lowest of each tenth of the time, through which a line is drawn. */
function slopeOf(samples: readonly Sample[]): number {
  const size = Math.max(1, Math.floor(samples.length / 10));
  const lowest: Sample[] = [];
  for (let at = 0; at + size <= samples.length; at += size) {
    const tenth = samples.slice(at, at + size);
    lowest.push(tenth.reduce((low, each) => (each.heapMb < low.heapMb ? each : low)));
  }
  const x = mean(lowest.map(({ minute }) => minute));
  const y = mean(lowest.map(({ heapMb }) => heapMb));
  const covariance = lowest.reduce((sum, each) => sum + (each.minute - x) * (each.heapMb - y), 0);
  return covariance / lowest.reduce((sum, each) => sum + (each.minute - x) ** 2, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function resources({ pid, metric }: Scene): Promise<{ sockets: number; timers: number }> {
  const timers = (await metric('nodejs_active_resources\\{type="Timeout"\\}')) ?? 0;
  return { sockets: readdirSync(`/proc/${pid}/fd`).length, timers };
}

/** What providers carried out, held against what callers were told. */
function accountsOf({ providers }: Scene): { lost: number; twice: number } {
  const lost = acknowledged.filter(
    ({ provider, mark }) => (providers[provider].carriedOut.get(mark) ?? 0) === 0,
  ).length;
  const counts = NAMES.flatMap((name) => Array.from(providers[name].carriedOut.values()));
  return { lost, twice: counts.filter((count) => count > 1).length };
}
