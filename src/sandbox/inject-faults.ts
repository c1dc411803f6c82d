import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Fault, type Faults, isAnswer } from './faults.ts';
import { malformed } from './json-body.ts';
import type { RecordedRequest, Recorder } from './recorder.ts';

interface Exchange {
  readonly record: RecordedRequest;
  readonly fault: Fault | undefined;
}

/** Records each request of the API as it comes in, and lets the fault that fits it happen. */
export function injectFaults(
  app: FastifyInstance,
  faults: Faults,
  recorder: Recorder,
  stopping: AbortSignal,
): void {
  const exchanges = new WeakMap<FastifyRequest, Exchange>();
  const late = async (fault: Fault | undefined): Promise<void> => {
    if (fault?.delayMs !== undefined) await wait(fault.delayMs, undefined, { signal: stopping });
  };

  app.addHook('onRequest', async (request) => {
    const { method, url, headers, routeOptions } = request;
    if (url.startsWith('/_')) return;
    const record = recorder.receive(method, url, routeOptions.url ?? '(unknown route)', headers);
    exchanges.set(request, { record, fault: faults.take(`${method} ${url}`) });
  });

  app.addHook('preValidation', async (request, reply) => {
    const exchange = exchanges.get(request);
    if (exchange === undefined) return undefined;
    const { record, fault } = exchange;
    record.body = recordable(request.body);
    if (fault?.delay !== 'after') await late(fault);
    if (fault?.drop === 'before') {
      request.raw.socket.resetAndDestroy();
      return reply.hijack();
    }
    return fault !== undefined && isAnswer(fault) ? answer(reply, fault) : undefined;
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const exchange = exchanges.get(request);
    if (exchange === undefined) return payload;
    const { record, fault } = exchange;
    if (fault?.delay === 'after') await late(fault);
    if (fault?.drop === 'after') request.raw.socket.resetAndDestroy();
    else record.status = reply.statusCode;
    return payload;
  });
}

function recordable(body: unknown): unknown {
  if (body === malformed || body === undefined) return null;
  return body instanceof URLSearchParams ? Object.fromEntries(body) : body;
}

function answer(reply: FastifyReply, { status = 200, body, headers = {} }: Fault): FastifyReply {
  const isText = typeof body === 'string' || body === undefined;
  return reply
    .code(status)
    .type(isText ? 'text/plain; charset=utf-8' : 'application/json')
    .headers(headers)
    .send(isText ? (body ?? '') : JSON.stringify(body));
}
