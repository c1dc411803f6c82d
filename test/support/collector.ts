import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import protobuf from 'protobufjs';

/** A span as it arrived. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty: it has none. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly failed: boolean;
}

export interface Collector extends AsyncDisposable {
  readonly url: string;
  readonly spans: ReceivedSpan[];
  /** Attributes of whoever sent the spans. */
  readonly resource: () => ReceivedSpan['attributes'];
  /** All bytes that arrived, as text. */
  readonly bytes: () => string;
  readonly requests: { readonly url: string; readonly headers: Readonly<Record<string, unknown>> }[];
  /** Done when so many spans of this name have arrived. */
  received(name: string, count?: number): Promise<ReceivedSpan[]>;
}

interface CollectorOptions {
  readonly status?: number;
  /** Takes what it is sent and never answers. */
  readonly hangs?: boolean;
}

/** A collector on this machine that takes OTLP over HTTP, and reads it with the messages of OpenTelemetry's specification. */
export async function startCollector({
  status = 200,
  hangs = false,
}: CollectorOptions = {}): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const requests: { url: string; headers: Record<string, unknown> }[] = [];
  const bodies: Buffer[] = [];
  let resource: ReceivedSpan['attributes'] = {};
  const listeners = new Set<() => void>();
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      bodies.push(body);
      requests.push({ url: request.url ?? '', headers: request.headers });
      for (const sent of resourceSpansIn(body)) {
        resource = attributesOf(sent.resource?.attributes);
        spans.push(...(sent.scopeSpans ?? []).flatMap((scope) => (scope.spans ?? []).map(spanOf)));
      }
      for (const listener of listeners) listener();
      if (!hangs) response.writeHead(status, { 'content-type': 'application/x-protobuf' }).end();
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    requests,
    resource: () => resource,
    bytes: () => Buffer.concat(bodies).toString('latin1'),
    received: (name, count = 1) =>
      new Promise((resolve) => {
        const look = () => {
          const found = spans.filter((span) => span.name === name);
          if (found.length >= count) resolve(found);
        };
        listeners.add(look);
        look();
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

// opentelemetry-proto 1.x, without what is not looked at: a decoder passes over it.
const { root } = protobuf.parse(
  `syntax = "proto3";
  message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message ScopeSpans { repeated Span spans = 2; }
  message Span {
    bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5; Kind kind = 6;
    repeated KeyValue attributes = 9; Status status = 15;
    enum Kind { UNSPECIFIED = 0; INTERNAL = 1; SERVER = 2; CLIENT = 3; PRODUCER = 4; CONSUMER = 5; }
  }
  message Status { string message = 2; int32 code = 3; }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue {
    oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; }
  }`,
);
const Message = root.lookupType('ExportTraceServiceRequest');

interface Wire {
  readonly resource?: { readonly attributes?: readonly WireAttribute[] };
  readonly scopeSpans?: readonly { readonly spans?: readonly WireSpan[] }[];
}
interface WireSpan {
  readonly traceId: Buffer;
  readonly spanId: Buffer;
  readonly parentSpanId?: Buffer;
  readonly name: string;
  readonly kind: string;
  readonly attributes?: readonly WireAttribute[];
  readonly status?: { readonly code?: number };
}
interface WireAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, string | number>>;
}

function resourceSpansIn(body: Buffer): readonly Wire[] {
  const { resourceSpans } = Message.toObject(Message.decode(body), { enums: String, longs: Number }) as {
    resourceSpans?: readonly Wire[];
  };
  return resourceSpans ?? [];
}

function spanOf({ traceId, spanId, parentSpanId, name, kind, attributes, status }: WireSpan): ReceivedSpan {
  return {
    traceId: traceId.toString('hex'),
    spanId: spanId.toString('hex'),
    parentSpanId: parentSpanId?.toString('hex') ?? '',
    name,
    kind,
    attributes: attributesOf(attributes),
    failed: status?.code === 2,
  };
}

function attributesOf(attributes: readonly WireAttribute[] = []): ReceivedSpan['attributes'] {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0] ?? '']));
}
