import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { freePort } from '../support/free-port.ts';
import { startLoadBalancer } from '../support/load-balancer.ts';
import { postOperation } from '../support/post-operation.ts';
import { run, type RunningProcess } from '../support/process.ts';
import { startService } from '../support/service.ts';

interface Answered {
  readonly status: number | undefined;
  readonly connection: string | undefined;
  readonly body: unknown;
  /** Whether it came on a connection that had been used before. */
  readonly isReused: boolean;
}

/** Asks on the one connection that is kept alive, as long as it is. */
function asker(origin: string, agent: Agent) {
  return async (path: string, operation?: string): Promise<Answered> => {
    const asked = request(`${origin}${path}`, {
      agent,
      method: operation === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json' },
    });
    asked.end(operation === undefined ? undefined : JSON.stringify({ query: operation }));
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    return {
      status: response.statusCode,
      connection: response.headers.connection,
      isReused: asked.reusedSocket,
      body: await json(response),
    };
  };
}

describe('a process that is told to end', () => {
  it('is not ready and still answers, over connections that are kept alive too, until load balancers have noticed', async () => {
    await using service = await startService({ drainDelayMs: 500 });
    const ask = asker(service.origin, new Agent({ keepAlive: true, maxSockets: 1 }));
    const before = await ask('/graphql', '{ __typename }');

    const stopped = service.stop();
    const during = await ask('/graphql', '{ __typename }');
    const readiness = await ask('/readyz');
    await stopped;

    expect(before).toMatchObject({ status: 200, connection: 'keep-alive', isReused: false });
    expect(during).toEqual({
      status: 200,
      connection: 'close',
      body: { data: { __typename: 'Query' } },
      isReused: true,
    });
    expect(readiness).toMatchObject({ status: 503, body: { status: 'not ready' }, isReused: false });
    expect(service.log()).toMatch(/still serving for 500 ms[\s\S]*finishing what is in flight/);
    await expect(ask('/readyz')).rejects.toThrow('ECONNREFUSED');
  });
});

describe('a rolling restart of two processes', () => {
  let folder: string;
  const processes: RunningProcess[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'onboarding-rolling-'));
  });
  afterEach(async () => {
    for (const process of processes.splice(0)) {
      process.kill('SIGKILL');
      await process.ended;
    }
    rmSync(folder, { recursive: true });
  });

  async function started(port: number): Promise<RunningProcess> {
    const process = run('src/main.ts', {
      cwd: folder,
      env: { PORT: String(port), DRAIN_DELAY_MS: '1000', PLAYGROUND: 'off' },
    });
    processes.push(process);
    await process.printed(/The graph is at/);
    return process;
  }

  it('fails no request of a client that keeps asking', { timeout: 60_000 }, async () => {
    const ports = [await freePort(), await freePort()];
    const running = await Promise.all(ports.map(started));
    await using balancer = await startLoadBalancer(ports.map((port) => `http://127.0.0.1:${port}`));
    await expect
      .poll(async () => (await fetch(`${balancer.url}/readyz`)).status, { timeout: 30_000 })
      .toBe(200);
    await using client = keepAsking(`${balancer.url}/graphql`);

    const codes: (number | null)[] = [];
    for (const [index, process] of running.entries()) {
      process.kill('SIGTERM');
      codes.push(await process.ended);
      await started(ports[index] ?? 0);
      await client.answered(20);
    }

    expect(codes).toEqual([0, 0]);
    expect(client.failures).toEqual([]);
  });
});

/** A client with four requests under way at any time. */
function keepAsking(url: string) {
  const failures: unknown[] = [];
  let answers = 0;
  const ending = new AbortController();
  const ask = async () => {
    while (!ending.signal.aborted) {
      const answer = await postOperation(url, '{ customerOnboards { nodes { id } } }').catch(
        (error: unknown) => error,
      );
      answers += 1;
      if (!isAnswer(answer)) failures.push(answer);
    }
  };
  const asking = Promise.all([ask(), ask(), ask(), ask()]);
  return {
    /** Done when so many more were answered. */
    answered: async (more: number) => {
      const enough = answers + more;
      await expect.poll(() => answers, { timeout: 30_000 }).toBeGreaterThan(enough);
    },
    failures,
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await asking;
    },
  };
}

function isAnswer(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'data' in answer && !('errors' in answer);
}
