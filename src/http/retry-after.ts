import type { Answer } from './exchange.ts';

/** The `Retry-After` header in seconds, rounded up; it may hold seconds or a date (RFC 9110, 10.2.3). Null when absent, unreadable or no time to come. */
export function retryAfterSeconds({ headers }: Pick<Answer, 'headers'>, now = Date.now()): number | null {
  const value = headers['retry-after'];
  if (typeof value !== 'string') return null;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) || null;
  if (!/^\w{3}, \d\d \w{3} \d{4} /.test(value)) return null; // Date.parse makes a date of almost anything
  const seconds = Math.ceil((Date.parse(value) - now) / 1_000);
  return seconds > 0 ? seconds : null;
}
