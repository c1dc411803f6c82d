import type { OnboardingSession } from '../../src/onboarding/onboarding-session.ts';
import { openStore } from '../../src/store/store.ts';
import { run } from '../support/process.ts';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export interface RunningTool {
  /** Done when a line matches. Fails when it ends before. */
  printed(pattern: RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

/** Runs a tool in `cwd`, with nothing of this process's environment. */
export function startTool(
  tool: 'backup' | 'keys-rotate',
  options: { cwd: string; args?: string[]; env?: Record<string, string> },
): RunningTool {
  const program = run(`src/tools/${tool}.ts`, options);
  return {
    async printed(pattern) {
      await program.printed(pattern);
    },
    kill: program.kill,
    ended: program.ended.then((code) => ({ code, output: program.output() })),
  };
}

export const oldKey = Buffer.alloc(32, 1);
export const newKey = Buffer.alloc(32, 2);
export const inBase64 = (...keys: Buffer[]) => keys.map((key) => key.toString('base64')).join(',');

export const session = (id: string): OnboardingSession => ({
  id,
  configurationId: 'flow-1',
  externalCustomerId: null,
  createdAt: new Date(1_000),
  completion: null,
});

/** Stores secrets of every kind under the first key: `sessions` tokens, and an onboard and an effect for each hundredth. */
export async function fill(databaseUrl: string, encryptionKeys: Buffer[], sessions: number): Promise<void> {
  const store = await openStore({ databaseUrl, encryptionKeys });
  const { onboardingSessions, customerOnboards, effectStore } = store;
  const numbers = Array.from({ length: sessions }, (_, number) => number);
  await store.write(
    ...numbers.map((number) => onboardingSessions.adding(session(`session-${number}`), `token-${number}`)),
  );
  for (const number of numbers.filter((each) => each % 100 === 0)) {
    const name = { operation: 'onboardCustomer', caller: '', key: `key ${number}` };
    const details = { fingerprint: 'fingerprint', request: { number } };
    const { effect } = await effectStore.begin(name, details);
    const onboard = customerOnboards.adding({
      id: `onboard-${number}`,
      clientId: 'client-1',
      customerId: 'customer-1',
      productGroupId: 'group-1',
      triggerId: null,
      clientMessageTag: null,
      message: 'Accepted',
      mobileAnalysisResults: [{ phoneNumber: `1555666${number}`, result: 'landline' }],
      createdAt: new Date(1_000),
    });
    await effectStore.settle(effect, { state: 'SUCCEEDED', result: { phone: number } }, [onboard]);
  }
  await store.close();
}

/** Everything secret that `fill` stored, read with these keys alone. */
export async function readBack(databaseUrl: string, encryptionKeys: Buffer[], sessions: number) {
  const store = await openStore({ databaseUrl, encryptionKeys });
  try {
    const ids = Array.from({ length: sessions }, (_, number) => `session-${number}`);
    const tokens: (string | Error | null)[] = [];
    for (let from = 0; from < ids.length; from += 500) {
      tokens.push(...(await store.onboardingSessions.tokens(ids.slice(from, from + 500))));
    }
    const [onboard] = await store.customerOnboards.getMany(['onboard-0']);
    const name = { operation: 'onboardCustomer', caller: '', key: 'key 0' };
    const effect = await store.effectStore.find(name);
    return {
      tokens,
      phoneNumber: onboard?.mobileAnalysisResults?.[0]?.phoneNumber,
      request: effect?.request,
      result: effect?.result,
    };
  } finally {
    await store.close();
  }
}

export const whole = (sessions: number) => ({
  tokens: Array.from({ length: sessions }, (_, number) => `token-${number}`),
  phoneNumber: '15556660',
  request: { number: 0 },
  result: { phone: 0 },
});
