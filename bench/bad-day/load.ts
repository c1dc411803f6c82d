import { setTimeout as delay } from 'node:timers/promises';

import { Pool } from 'undici';

import type { ProviderName } from './scene.ts';

/** One thing that callers ask for. `mark` names the mutation, so that it can be found again at the provider. */
interface Kind {
  readonly provider: ProviderName;
  readonly query: string;
  readonly variables: (mark: string) => object;
  readonly writes: boolean;
}

/** What became of one operation. */
export interface Answered {
  readonly provider: ProviderName;
  readonly mark: string;
  readonly writes: boolean;
  /** When it was asked, on the clock of `performance.now()`. */
  readonly at: number;
  readonly ms: number;
  /** Null where all went well; else the error's code, the user error's, or what happened on the wire. */
  readonly code: string | null;
}

const KINDS: readonly Kind[] = [
  {
    provider: 'incode',
    query:
      'mutation ($of: ID!, $key: ID!) { answer: startOnboardingSession(input: { externalCustomerId: $of, idempotencyKey: $key }) { userErrors { code } } }',
    variables: (mark) => ({ of: mark, key: mark }),
    writes: true,
  },
  {
    provider: 'increase',
    query: 'query ($id: ID!) { answer: entityOnboardingSession(id: $id) { status program { name } } }',
    variables: () => ({ id: 'entity_onboarding_session_sandbox000000000001' }),
    writes: false,
  },
  {
    provider: 'increase',
    query:
      'mutation ($of: URL!, $key: ID!) { answer: createEntityOnboardingSession(input: { programId: "program_sandbox000000000001", redirectUrl: $of, idempotencyKey: $key }) { userErrors { code } } }',
    variables: (mark) => ({ of: `https://example.com/${mark}`, key: mark }),
    writes: true,
  },
  {
    provider: 'relay',
    query:
      'mutation ($of: ID!, $key: ID!) { answer: onboardCustomer(input: { productGroupId: "sandbox-product-group", customer: { id: $of }, idempotencyKey: $key }) { userErrors { code } } }',
    variables: (mark) => ({ of: mark, key: mark }),
    writes: true,
  },
];

interface LoadOptions {
  readonly url: string;
  /** Of each kind; they come whether or not the earlier ones were answered. */
  readonly perSecond: number;
  readonly forMs: number;
  readonly onAnswer: (answered: Answered) => void;
}

/** A steady load on all three providers. */
export async function load({ url, perSecond, forMs, onAnswer }: LoadOptions): Promise<void> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 256 });
  const underWay = new Set<Promise<void>>();
  const begin = performance.now();

  async function ask({ provider, query, variables, writes }: Kind): Promise<void> {
    const mark = `mark-${crypto.randomUUID()}`;
    const at = performance.now();
    const code = await codeOf(pool, pathname, { query, variables: variables(mark) });
    onAnswer({ provider, mark, writes, at, ms: performance.now() - at, code });
  }

  for (let turn = 0; performance.now() - begin < forMs; turn++) {
    for (const kind of KINDS) {
      const asked = ask(kind).finally(() => underWay.delete(asked));
      underWay.add(asked);
    }
    await delay(Math.max(0, begin + ((turn + 1) * 1_000) / perSecond - performance.now()));
  }
  await Promise.all(underWay);
  await pool.close();
}

interface Answer {
  readonly data?: { readonly answer?: { readonly userErrors?: readonly { readonly code: string }[] } };
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

async function codeOf(pool: Pool, path: string, operation: object): Promise<string | null> {
  try {
    const { body } = await pool.request({
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(operation),
    });
    const { data, errors } = (await body.json()) as Answer;
    return errors?.[0]?.extensions.code ?? data?.answer?.userErrors?.[0]?.code ?? null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'NO_ANSWER';
  }
}
