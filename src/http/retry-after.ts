import type { Answer } from './exchange.ts';

/** The `Retry-After` header in seconds, rounded up; it may hold seconds or a date (RFC 9110, 10.2.3). Null when absent or unreadable. */
export function retryAfterSeconds({ headers }: Pick<Answer, 'headers'>, now = Date.now()): number | null {
  const value = headers['retry-after'];
  if (typeof value !== 'string' || value.trim() === '') return null;
  const seconds = /^\d+$/.test(value.trim()) ? Number(value) : (Date.parse(value) - now) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}
