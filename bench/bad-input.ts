import { Pool } from 'undici';

import { ATTACKS } from '../test/bad-input/attacks.ts';
import { percentile, start } from './start.ts';

// How long each attack takes to be answered, one after the other, while callers with an ordinary query go on; and what
// becomes of those, beside the same callers alone, in the same run.
const CALLERS = 4;
const ALONE_MS = 5_000;
const TIMES = 20;
const ORDINARY = JSON.stringify({ query: '{ onboardingSessions(first: 10) { nodes { id createdAt } } }' });
const HEADERS = { 'content-type': 'application/json' };

const { url, child } = await start('service.ts', 'http://127.0.0.1:9', 'sqlite::memory:');
const { origin, pathname } = new URL(url);
const pool = new Pool(origin, { connections: CALLERS + 1 });

async function timed(body: string | Buffer): Promise<number> {
  const begin = performance.now();
  const response = await pool.request({ method: 'POST', path: pathname, headers: HEADERS, body });
  await response.body.text();
  if (response.statusCode >= 500) throw new Error(`It answered ${response.statusCode}`);
  return performance.now() - begin;
}

/** Calls in a row, as callers do who wait for their answer, until the work is done. */
async function ordinaryDuring(work: Promise<unknown>): Promise<number[]> {
  const latencies: number[] = [];
  const over = new AbortController();
  const call = async () => {
    while (!over.signal.aborted) {
      latencies.push(await timed(ORDINARY));
      await new Promise((resolve) => {
        setTimeout(resolve, 2);
      });
    }
  };
  const calls = Promise.all(Array.from({ length: CALLERS }, call));
  await work;
  over.abort();
  await calls;
  return latencies;
}

async function attack(): Promise<void> {
  for (const { name, body } of ATTACKS) {
    const latencies: number[] = [];
    for (let time = 0; time < TIMES; time++) latencies.push(await timed(body));
    const median = percentile(latencies, 0.5).toFixed(1).padStart(7);
    console.log(`${median} ms  (slowest ${Math.max(...latencies).toFixed(1)} ms)  ${name}`);
  }
}

const told = (latencies: number[]) =>
  `p50 ${percentile(latencies, 0.5).toFixed(1)} ms, p99 ${percentile(latencies, 0.99).toFixed(1)} ms`;
try {
  const idle = () =>
    new Promise((resolve) => {
      setTimeout(resolve, ALONE_MS);
    });
  await ordinaryDuring(idle()); // warm
  const alone = await ordinaryDuring(idle());
  const attacked = await ordinaryDuring(attack());
  const ratio = percentile(attacked, 0.99) / percentile(alone, 0.99);
  console.log(
    `\nordinary requests alone: ${told(alone)}; while attacked: ${told(attacked)}; p99 ratio ${ratio.toFixed(2)}`,
  );
} finally {
  await pool.close();
  child.kill();
}
