import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** What the proxy does when it is asked for a tunnel. */
export type ProxyManner =
  | 'relays'
  | 'refuses'
  | 'wants a password'
  | 'says nothing'
  | 'dies before it answers'
  | 'dies when the tunnel stands'
  | 'dies with the request in its hands';

export interface ConnectProxy extends AsyncDisposable {
  readonly url: string;
  /** Where tunnels were asked for to, and with what credentials. */
  readonly asked: { readonly to: string; readonly credentials: string | undefined }[];
}

/** A proxy on this machine that tunnels (CONNECT, RFC 9110, 9.3.6). */
export async function startConnectProxy(manner: ProxyManner = 'relays'): Promise<ConnectProxy> {
  const asked: ConnectProxy['asked'] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => response.writeHead(400).end());
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', ({ url = '', headers }, socket: Socket) => {
    asked.push({ to: url, credentials: headers['proxy-authorization'] });
    socket.on('error', () => undefined);
    tunnel(manner, url, socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

const ESTABLISHED = 'HTTP/1.1 200 Connection established\r\n\r\n';

function tunnel(manner: ProxyManner, target: string, socket: Socket): void {
  if (manner === 'says nothing') return;
  if (manner === 'refuses') return void socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
  if (manner === 'wants a password') {
    return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
  }
  if (manner === 'dies before it answers') return void socket.destroy();
  if (manner === 'dies when the tunnel stands') return void socket.write(ESTABLISHED, () => socket.destroy());
  const { hostname, port } = new URL(`http://${target}`);
  const upstream = connect(Number(port), hostname, () => socket.write(ESTABLISHED));
  upstream.on('error', () => socket.destroy());
  socket.on('close', () => upstream.destroy());
  upstream.on('close', () => socket.destroy());
  upstream.pipe(socket);
  if (manner === 'relays') return void socket.pipe(upstream);
  socket.once('data', () => socket.destroy());
}
