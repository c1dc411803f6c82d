import type { Config } from '../../config/config.ts';
import type { Provider } from '../../onboarding/provider.ts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { dataFolderOf } from '../../store/engines/data-folder.ts';
import type { Store } from '../../store/store.ts';
import { demoRecords } from '../demo.ts';
import { usingDatabase } from '../startup.ts';
import type { Start } from './start.ts';

/** The sandboxes of the providers that we have no key for, and our records of what they start with. */
export async function startSandboxes(
  { config, opened }: Start,
  store: Store,
): Promise<{ readonly sandbox: Sandbox; readonly sandboxed: readonly Provider[] }> {
  const sandboxed = withoutKey(config);
  const folder = dataFolderOf(config.databaseUrl);
  const sandbox = await startSandbox({
    providers: sandboxed,
    ...(folder !== null && { stateFile: `${folder}/sandbox.json` }),
  });
  opened.defer(() => sandbox.stop());
  const seeds = demoRecords({
    incode: sandboxed.includes('INCODE'),
    increase: sandboxed.includes('INCREASE'),
    relay: sandboxed.includes('RELAY'),
  });
  await usingDatabase(config.databaseUrl, () => store.renewDemo(seeds));
  return { sandbox, sandboxed };
}

function withoutKey({ incode, increase, relay }: Config): Provider[] {
  return [
    ...(incode === null ? (['INCODE'] as const) : []),
    ...(increase === null ? (['INCREASE'] as const) : []),
    ...(relay === null ? (['RELAY'] as const) : []),
  ];
}
