import { announcement } from './announcement.ts';
import { startSandbox, type WholeSandbox } from './sandbox.ts';

/** `npm run sandbox`: the three providers on their own, on three ports in a row. */
const defaultPort = 4010;

try {
  const sandbox = await start(readPort(process.env['SANDBOX_PORT']));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void sandbox.stop().then(() => process.exit(0)));
  }
  process.stdout.write(announcement(sandbox));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return defaultPort;
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port + 2 <= 65_535) return port;
  throw new Error(
    'SANDBOX_PORT must be a whole number from 1 to 65533: the sandbox takes it and the next two.',
  );
}

async function start(port: number): Promise<WholeSandbox> {
  try {
    return await startSandbox({ ports: { incode: port, increase: port + 1, relay: port + 2 } });
  } catch (error) {
    throw new Error(sentence(error, port), { cause: error });
  }
}

/** What Node says of a port that cannot be listened on. */
interface ListenError {
  readonly code: string;
  readonly port: number;
  readonly message: string;
}

function sentence(error: unknown, port: number): string {
  const {
    code,
    port: taken = port,
    message = 'no reason given',
  }: Partial<ListenError> = error instanceof Error ? error : {};
  return code === 'EADDRINUSE'
    ? `Port ${taken} is taken: set SANDBOX_PORT to the first of three free ports (it was ${port}).`
    : `The sandbox could not start on port ${port}: ${message}.`;
}
