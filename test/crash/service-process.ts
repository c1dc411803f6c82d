import type { GraphqlAnswer } from '../support/service.ts';
import { run } from '../support/process.ts';
import type { Engine } from './engines.ts';
import type { Sandboxes } from './sandboxes.ts';

/** The service as a process of its own, one of those that share a database. */
export interface ServiceProcess {
  /** Posts an operation; rejects when the process dies before it has answered. */
  query(query: string, variables?: object): Promise<GraphqlAnswer>;
  /** Ends it at once, as does the operating system when memory runs out. */
  kill(): Promise<void>;
  /** Its exit code once it has ended; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** All that it wrote, to stdout and to stderr. */
  output(): string;
}

const ENCRYPTION_KEYS = Buffer.alloc(32, 'a key of the crash tests').toString('base64');

export async function startProcess(
  { folder, databaseUrl }: Engine,
  sandboxes: Sandboxes,
  env: Record<string, string> = {},
): Promise<ServiceProcess> {
  const process = run('src/main.ts', {
    cwd: folder,
    env: {
      PORT: '0',
      DATABASE_URL: databaseUrl,
      ENCRYPTION_KEYS,
      LOG_LEVEL: 'debug',
      PLAYGROUND: 'off',
      ...sandboxes.env,
      ...env,
    },
  });
  const [, url = ''] = await process.printed(/The graph is at (http:[^\s"]+\/graphql)/);
  return {
    async query(query, variables = {}) {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ query, variables });
      const response = await fetch(url, { method: 'POST', headers, body });
      return (await response.json()) as GraphqlAnswer;
    },
    async kill() {
      process.kill('SIGKILL');
      await process.ended;
    },
    ended: process.ended,
    output: process.output,
  };
}
