import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * What becomes of a connection over which the client sends this text.
 * - `before` it breaks, and the server does not get the text
 * - `after` it breaks, and the server has got the text, and carries it out
 */
export type Severing = (text: string) => 'before' | 'after' | null;

export interface Wire extends AsyncDisposable {
  readonly port: number;
}

/** A wire to a server on this machine, which breaks where the test says so. */
export async function severedWire(serverPort: number, severing: Severing): Promise<Wire> {
  const sockets = new Set<Socket>();
  const known = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    return socket;
  };
  const server = createServer((near) => {
    const far = known(connect(serverPort, '127.0.0.1'));
    let isSevered = false;
    known(near).on('data', (data) => {
      const where = severing(data.toString('latin1'));
      if (where !== 'before') far.write(data);
      if (where === null) return;
      isSevered = true;
      if (where === 'before') far.destroy();
      else far.once('data', () => near.destroy()); // the server's answer: it has carried it out, and nobody hears of it
    });
    far.on('data', (data) => {
      if (!isSevered) near.write(data);
    });
    far.on('close', () => near.destroy());
    near.on('close', () => far.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
