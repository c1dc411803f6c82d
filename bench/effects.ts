import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { Pool } from 'undici';

import { startPostgres } from '../test/support/postgres.ts';
import { percentile, start } from './start.ts';

// Mutations a second with effects on, beside the same mutations with the store switched off. 64 callers, each with a key of
// its own, over HTTP; the provider answers at once; every mode in turn, twice, in the same run.
const CALLERS = 64;
const WARM_UP_MS = 2_000;
const MEASURE_MS = 6_000;
const ROUNDS = 2;

const MUTATIONS = {
  onboardCustomer: /* GraphQL */ `
    mutation ($key: ID!) {
      onboardCustomer(input: { productGroupId: "bench", idempotencyKey: $key, customer: { id: "bench" } }) {
        customerOnboard {
          id
        }
        userErrors {
          code
        }
      }
    }
  `,
  startOnboardingSession: /* GraphQL */ `
    mutation ($key: ID!) {
      startOnboardingSession(input: { idempotencyKey: $key }) {
        sessionToken
        userErrors {
          code
        }
      }
    }
  `,
};

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

async function measure(url: string, query: string): Promise<Measured> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: CALLERS });
  const begin = performance.now();
  const measuredFrom = begin + WARM_UP_MS;
  const end = measuredFrom + MEASURE_MS;
  const run = Math.random().toString(36).slice(2);
  const latencies: number[] = [];
  let count = 0;

  const call = async () => {
    while (performance.now() < end) {
      const sentAt = performance.now();
      const body = JSON.stringify({ query, variables: { key: `${run}-${(count += 1)}` } });
      const headers = { 'content-type': 'application/json' };
      const response = await pool.request({ method: 'POST', path: pathname, headers, body });
      const text = await response.body.text();
      if (!text.includes('"userErrors":[]')) throw new Error(`It did not succeed: ${text}`);
      if (sentAt >= measuredFrom) latencies.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, call));
  await pool.close();
  const perSecond = (latencies.length / MEASURE_MS) * 1_000;
  return { perSecond, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
}

const folder = mkdtempSync(join(process.cwd(), 'bench-data-'));
const postgres = await startPostgres({ fsync: true });
const provider = await start('provider.ts');
try {
  for (const [name, query] of Object.entries(MUTATIONS)) {
    console.log(`\n${name}, ${CALLERS} callers`);
    for (let round = 1; round <= ROUNDS; round++) {
      let baseline: Measured | null = null;
      for (const [mode, databaseUrl] of [
        ['store off', 'off'],
        ['SQLite FULL', `sqlite:${join(folder, `${name}-${round}.db`)}`],
        ['PostgreSQL', await postgres.newDatabase()],
      ] as const) {
        const { url, child } = await start('service.ts', provider.url, databaseUrl);
        const measured = await measure(url, query);
        child.kill();
        baseline ??= measured;
        console.log(
          `  ${mode.padEnd(12)} ${measured.perSecond.toFixed(0).padStart(6)}/s  ` +
            `ratio ${(measured.perSecond / baseline.perSecond).toFixed(2)}  ` +
            `p50 ${measured.p50.toFixed(1)} ms  p99 ${measured.p99.toFixed(1)} ms  ` +
            `(p99 overhead ${(measured.p99 - baseline.p99).toFixed(1)} ms)`,
        );
      }
    }
  }
} finally {
  provider.child.kill();
  await postgres.stop();
  rmSync(folder, { recursive: true });
}
