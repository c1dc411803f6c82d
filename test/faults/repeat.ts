import { expect } from 'vitest';

import type { GraphqlAnswer } from '../support/service.ts';
import type { ProviderCall } from './provider-calls.ts';
import type { Stage } from './stage.ts';
import { told } from './told.ts';

/** How a mutation ended, what was asked of the provider for it, and what was really carried out. */
export interface Before {
  readonly answer: GraphqlAnswer;
  readonly requests: number;
  readonly carriedOut: number;
}

/** The same with the same key, once the provider is well again: it is never carried out a second time. */
export async function expectNoSecondTime(
  { service, proxy, carriedOut }: Stage,
  call: ProviderCall,
  variables: object,
  before: Before,
): Promise<void> {
  const { code, outcome } = told(before.answer);
  await proxy.heal();

  const answer = await service.query(call.document, variables);

  const requests = proxy.requests - before.requests;
  const after = { ...told(answer), requests, carriedOut: await carriedOut(call.counter) };
  if (code === null) {
    expect(answer.data).toEqual(before.answer.data);
    expect(after).toEqual({ code: null, requests: 0, carriedOut: 1 });
  } else if (code === 'PROVIDER_RATE_LIMITED') {
    // Until its time has passed, the provider is asked no more. After a bare 429 it may have passed.
    if (requests === 0) expect(after).toEqual({ code, outcome: 'NOT_CARRIED_OUT', requests, carriedOut: 0 });
    else expect(after).toEqual({ code: null, requests: 1, carriedOut: 1 });
  } else if (outcome === 'UNKNOWN' && !call.reconciled) {
    expect(after).toEqual({ code: 'OUTCOME_UNKNOWN', requests: 0, carriedOut: before.carriedOut });
    expect(before.carriedOut).toBeLessThanOrEqual(1);
  } else {
    const isFoundDone = outcome === 'UNKNOWN' && call.reconciled === 'BY_READING' && before.carriedOut === 1;
    expect(after).toEqual({ code: null, requests: isFoundDone ? 0 : 1, carriedOut: 1 });
  }
}
