import { SpanStatusCode, type Span } from '@opentelemetry/api';

/** A word of a program: no message, which may quote what somebody sent. */
const WORD = /^\w{1,64}$/;

/**
 * Marks a span as failed. The kind of the error, `error.type`, is all that is kept of it.
 * @param why a status, a code, or what was thrown: known by its reason, its code or its name
 */
export function failed(span: Span, why: unknown): void {
  span.setAttribute('error.type', typeOf(why));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function typeOf(why: unknown): string {
  if (typeof why === 'number' || typeof why === 'string') return wordOr(String(why), '_OTHER');
  const { reason, code, name } = (why ?? {}) as { reason?: unknown; code?: unknown; name?: unknown };
  return wordOr(reason, wordOr(code, wordOr(name, '_OTHER')));
}

function wordOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && WORD.test(value) ? value : otherwise;
}
