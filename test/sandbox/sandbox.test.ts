import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { sandboxIncode, sandboxIncrease, sandboxRelay } from '../../src/sandbox/seeds.ts';
import { send } from './support/send.ts';

describe('startSandbox', () => {
  it('starts all three, each at a free port, with what the service needs to know', async () => {
    const { incode, increase, relay, stop } = await startSandbox();
    await stop();

    const port = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(incode).toEqual({
      url: port,
      apiKey: sandboxIncode.apiKey,
      configurationId: sandboxIncode.configurationId,
    });
    expect(increase).toEqual({ url: port, apiKey: sandboxIncrease.apiKey });
    expect(relay).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/platform\/v3\/api$/),
      apiKey: sandboxRelay.apiKey,
      clientId: sandboxRelay.clientId,
    });
    expect(new Set([incode.url, increase.url, new URL(relay.url).origin]).size).toBe(3);
  });

  it('starts only what was asked for', async () => {
    const sandbox = await startSandbox({ providers: ['INCREASE'] });
    await sandbox.stop();

    expect(sandbox.increase).toBeDefined();
    expect(sandbox).not.toHaveProperty('incode');
    expect(sandbox).not.toHaveProperty('relay');
  });

  it('listens on loopback alone', async () => {
    const { incode, stop } = await startSandbox();
    const { port } = new URL(incode.url);
    const addresses = Object.values(networkInterfaces()).flat();
    const outside = addresses.find((address) => address?.family === 'IPv4' && !address.internal)?.address;

    // 127.0.0.2 is loopback as well, but not what the sandbox listens on.
    const reached = await Promise.allSettled(
      [outside ?? '127.0.0.2'].map(async (host) => fetch(`http://${host}:${port}/`)),
    );
    await stop();

    expect(reached.map(({ status }) => status)).toEqual(['rejected']);
  });

  it('rejects when a port is taken, and leaves nothing running', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const probe = await startSandbox({ providers: ['INCODE'] });
    const free = Number(new URL(probe.incode?.url ?? '').port);
    await probe.stop();

    const starting = startSandbox({ ports: { incode: free, increase: port } });

    await expect(starting).rejects.toMatchObject({ code: 'EADDRINUSE', port });
    const again = await startSandbox({ providers: ['INCODE'], ports: { incode: free } });
    await again.stop();
    other.close();
  });

  it('stops at once, whatever connections are open and requests under way', async () => {
    const { increase, stop } = await startSandbox();
    const idle = connect(Number(new URL(increase.url).port), '127.0.0.1');
    await once(idle, 'connect');
    await send(increase.url, 'GET /');
    await send(increase.url, 'POST /_faults', { body: { match: '/entities', delayMs: 3_600_000 } });
    const waiting = send(increase.url, 'GET /entities').catch((error: unknown) => error);
    await expect.poll(async () => (await send(increase.url, 'GET /_requests')).body).toHaveLength(2);

    const start = performance.now();
    await stop();

    expect(performance.now() - start).toBeLessThan(1000);
    expect(await waiting).toBeInstanceOf(TypeError);
    await expect(send(increase.url, 'GET /')).rejects.toThrow('fetch failed');
    idle.destroy();
  });
});
