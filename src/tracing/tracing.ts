import {
  context,
  SpanKind,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

import type { Answer, Departure } from '../http/observer.ts';
import { failed } from './outcome.ts';

/** What an operation's span is called until its type is known, and where it never is. */
const OPERATION = 'GraphQL Operation';

const SYSTEM_NAMES = { sqlite: 'sqlite', postgres: 'postgresql' } as const;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Spans around what the parts do. Names and attributes are OpenTelemetry's; none of them holds what a person sent. */
export interface Tracing {
  /** Handles a request as a part of the trace that its headers name, without a span of its own. */
  received<T>(headers: Headers, handle: () => T): T;
  operation<T>(headers: Headers, handle: () => Promise<T>): Promise<T>;
  attempt(
    departure: Departure,
    send: (headers: Readonly<Record<string, string>>) => Promise<Answer>,
  ): Promise<Answer>;
  /** Only where it is a part of something: the service's own housekeeping makes no traces. */
  transaction<T>(of: TransactionAbout, write: () => Promise<T>): Promise<T>;
}

interface TransactionAbout {
  readonly engine: keyof typeof SYSTEM_NAMES;
  readonly size: number;
}

/** The spans that this tracer makes. */
export function tracingWith(tracer: Tracer): Tracing {
  return {
    received: (headers, handle) => context.with(contextOf(headers), handle),

    operation(headers, handle) {
      const span = tracer.startSpan(OPERATION, { kind: SpanKind.SERVER }, contextOf(headers));
      return within(span, handle);
    },

    attempt(departure, send) {
      const span = tracer.startSpan(departure.route, {
        kind: SpanKind.CLIENT,
        attributes: attemptAttributes(departure),
      });
      return within(span, async () => {
        const answer = await send(traceparentOf(context.active()));
        answered(span, answer.status);
        return answer;
      });
    },

    transaction({ engine, size }, write) {
      if (trace.getSpan(context.active()) === undefined) return write();
      const attributes = {
        'db.system.name': SYSTEM_NAMES[engine],
        ...(size > 1 && { 'db.operation.batch.size': size }),
      };
      return within(tracer.startSpan('transaction', { kind: SpanKind.CLIENT, attributes }), write);
    },
  };
}

/** Of an error only the kind is kept: its message may hold anything. */
async function within<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await context.with(trace.setSpan(context.active(), span), work);
  } catch (error) {
    failed(span, error);
    throw error;
  } finally {
    span.end();
  }
}

function attemptAttributes({ route, origin, resend }: Departure): Attributes {
  const [method = '', template = ''] = route.split(' ');
  const { hostname, port, protocol } = new URL(origin);
  return {
    'http.request.method': method,
    'url.template': template,
    'server.address': hostname,
    'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
    ...(resend > 0 && { 'http.request.resend_count': resend }),
  };
}

function answered(span: Span, status: number): void {
  span.setAttribute('http.response.status_code', status);
  if (status >= 400) failed(span, status);
}

const propagator = new W3CTraceContextPropagator();

/** `tracestate` is left out, coming in and going out: whoever calls can write anything into it. */
function contextOf({ traceparent }: Headers): Context {
  return propagator.extract(context.active(), { traceparent }, ONE_BY_ONE);
}

const ONE_BY_ONE = {
  keys: Object.keys,
  get: (carrier: Headers, name: string) => carrier[name],
};

function traceparentOf(of: Context): Record<string, string> {
  const carrier: Record<string, string> = {};
  propagator.inject(of, carrier, {
    set(into, name, value) {
      if (name === 'traceparent') into[name] = value;
    },
  });
  return carrier;
}
