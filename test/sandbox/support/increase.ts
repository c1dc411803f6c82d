import { sandboxIncrease } from '../../../src/sandbox/seeds.ts';
import type { WholeSandbox } from '../../../src/sandbox/sandbox.ts';
import { type Answer, send, type Sent } from './send.ts';

export interface WireSession {
  readonly id: string;
  readonly status: string;
  readonly entity_id: string | null;
  readonly session_url: string | null;
  readonly idempotency_key: string | null;
  readonly created_at: string;
  readonly expires_at: string;
}

export interface WirePage {
  readonly data: readonly WireSession[];
  readonly next_cursor: string | null;
}

export const newSession = {
  program_id: sandboxIncrease.programId,
  redirect_url: 'https://example.com/done',
};

export const sessionNumber = (number: number): string => sandboxIncrease.sessions[number - 1]?.id ?? '';

/** Sends to Increase's sandbox with the key that it accepts. */
export async function increase<Body = WireSession>(
  sandbox: WholeSandbox,
  request: string,
  { headers, body }: Sent = {},
): Promise<Answer<Body>> {
  const authorization = `Bearer ${sandbox.increase.apiKey}`;
  return send<Body>(sandbox.increase.url, request, { headers: { authorization, ...headers }, body });
}
