import { describe, expect, it } from 'vitest';

import { NoAnswer } from '../../src/http/no-answer.ts';
import { retryDelayMs, shouldRetry } from '../../src/http/retry-decision.ts';

const answer = (status: number, retryAfterSeconds: number | null = null) => ({
  answer: { status },
  retryAfterSeconds,
});
const failure = (reason: NoAnswer['reason'], sent: boolean) => ({ error: new NoAnswer(reason, { sent }) });

describe('shouldRetry', () => {
  it.each([408, 425, 429, 500, 502, 503, 504])('tries a repeatable request again after %d', (status) => {
    expect(shouldRetry(answer(status), true)).toBe(true);
    expect(shouldRetry(answer(status), false)).toBe(false);
  });

  it.each([200, 301, 400, 401, 403, 404, 409, 422])('does not try again after %d', (status) => {
    expect(shouldRetry(answer(status), true)).toBe(false);
  });

  it.each(['CONNECTION', 'TIMEOUT'] as const)(
    'tries what is not repeatable again after %s only where it was not sent',
    (reason) => {
      expect(shouldRetry(failure(reason, true), true)).toBe(true);
      expect(shouldRetry(failure(reason, false), false)).toBe(true);
      expect(shouldRetry(failure(reason, true), false)).toBe(false);
    },
  );

  it.each(['CANCELLED', 'CIRCUIT_OPEN', 'THROTTLED', 'BUSY', 'TOO_LARGE'] as const)(
    'does not try again after %s',
    (reason) => {
      expect(shouldRetry(failure(reason, false), true)).toBe(false);
    },
  );

  it('does not try again after an error of our own', () => {
    expect(shouldRetry({ error: new TypeError('a bug') }, true)).toBe(false);
  });
});

describe('retryDelayMs', () => {
  it('is random up to a time that doubles', () => {
    expect(retryDelayMs(answer(503), 1, 100, 0)).toBe(0);
    expect(retryDelayMs(answer(503), 1, 100, 1)).toBe(100);
    expect(retryDelayMs(failure('CONNECTION', true), 2, 100, 0.5)).toBe(100);
    expect(retryDelayMs(failure('CONNECTION', true), 2, 100, 1)).toBe(200);
  });

  it('begins after what the provider asks for', () => {
    expect(retryDelayMs(answer(429, 2), 1, 100, 0)).toBe(2_000);
    expect(retryDelayMs(answer(429, 2), 1, 100, 1)).toBe(2_100);
  });
});
