import type { WholeSandbox } from '../../../src/sandbox/sandbox.ts';
import { type Answer, send, type Sent } from './send.ts';

export interface Started {
  readonly token: string;
  readonly interviewId: string;
  readonly existingSession: boolean;
}

/** Sends to Incode's sandbox with the headers that it asks for. */
export async function incode<Body = unknown>(
  sandbox: WholeSandbox,
  request: string,
  { token, headers, body }: Sent & { readonly token?: string } = {},
): Promise<Answer<Body>> {
  return send<Body>(sandbox.incode.url, request, {
    headers: {
      'api-version': '1.0',
      'x-api-key': sandbox.incode.apiKey,
      ...(token !== undefined && { 'x-incode-hardware-id': token }),
      ...headers,
    },
    body,
  });
}

export async function startSession(
  sandbox: WholeSandbox,
  more: Record<string, unknown> = {},
): Promise<Started> {
  const { configurationId } = sandbox.incode;
  const { body } = await incode<Started>(sandbox, 'POST /omni/start', { body: { configurationId, ...more } });
  return body;
}
