import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { chart } from './bad-day/chart.ts';
import { load, type Answered } from './bad-day/load.ts';
import type { Mood } from './bad-day/moody-proxy.ts';
import { startScene, type ProviderName } from './bad-day/scene.ts';
import { percentile } from './start.ts';

// A steady load on all three providers while Increase goes slow, dead and back: what callers of each are answered, how fast,
// and how many requests the provider gets.
const PER_SECOND = Number(process.env['CHAOS_PER_SECOND'] ?? 20);
const PHASE_MS = Number(process.env['CHAOS_PHASE_MS'] ?? 10_000);

const PHASES: readonly (readonly [name: string, mood: Mood])[] = [
  ['well', 'WELL'],
  ['slow: 3 s an answer', { slowMs: 3_000 }],
  ['dead: nothing listens', 'DEAD'],
  ['back', 'WELL'],
];

const names: readonly ProviderName[] = ['incode', 'increase', 'relay'];
const scene = await startScene({ PROVIDER_TIMEOUT_MS: '2000' });
const answers: Answered[] = [];
const requests: number[] = [];

const begin = performance.now();
const loading = load({
  url: scene.url,
  perSecond: PER_SECOND,
  forMs: PHASES.length * PHASE_MS,
  onAnswer: (answered) => answers.push(answered),
});
for (const [index, [, mood]] of PHASES.entries()) {
  const before = scene.providers.increase.requests();
  await scene.providers.increase.become(mood);
  await delay(begin + (index + 1) * PHASE_MS - performance.now());
  requests.push(scene.providers.increase.requests() - before);
}
await loading;
await scene.stop();

const phaseOf = ({ at }: Answered) => Math.floor((at - begin) / PHASE_MS);

console.log(
  '| phase of Increase | provider | answered a second | refused a second, with its code | p50 ms | p99 ms | requests to Increase |',
);
console.log('|---|---|---|---|---|---|---|');
for (const [index, [phase]] of PHASES.entries()) {
  for (const name of names) {
    const here = answers.filter((each) => each.provider === name && phaseOf(each) === index);
    const refused = here.filter(({ code }) => code !== null);
    const ms = here.map((each) => each.ms);
    const perSecond = (count: number) => (count / (PHASE_MS / 1_000)).toFixed(1);
    const codes = [...new Set(refused.map(({ code }) => code))].join(', ');
    console.log(
      `| ${phase} | ${name} | ${perSecond(here.length - refused.length)} | ${refused.length === 0 ? '–' : `${perSecond(refused.length)} ${codes}`} | ${percentile(ms, 0.5).toFixed(0)} | ${percentile(ms, 0.99).toFixed(0)} | ${name === 'increase' ? requests[index] : ''} |`,
    );
  }
}

const backAt = begin + (PHASES.length - 1) * PHASE_MS;
const firstGood = answers
  .filter(({ provider, at, code }) => provider === 'increase' && at >= backAt && code === null)
  .map(({ at }) => at - backAt)
  .toSorted((a, b) => a - b)[0];
console.log(
  `\nIncrease was used again ${firstGood === undefined ? 'never' : `${firstGood.toFixed(0)} ms`} after it was back.`,
);

const file = new URL('../docs/chaos.svg', import.meta.url);
writeFileSync(
  file,
  chart({ answers, begin, phaseMs: PHASE_MS, phases: PHASES.map(([name]) => name), names }),
);
