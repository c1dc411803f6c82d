import type { IncomingHttpHeaders } from 'node:http';

/** A request as it came in. `status` is null until it is answered, and for ever when its connection was reset. */
export interface RecordedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** The headers that tests ask about; of the Incode token only whether there was one. */
  readonly headers: RecordedHeaders;
  body: unknown;
  status: number | null;
}

export interface RecordedHeaders {
  readonly 'idempotency-key'?: string;
  readonly 'content-type'?: string;
  readonly 'x-request-id'?: string;
  readonly 'x-incode-hardware-id': boolean;
}

const kept = 10_000;

/** Counts every request at the moment it comes in, and keeps the last ten thousand. */
export class Recorder {
  #requests: RecordedRequest[] = [];
  #counts = new Map<string, number>();
  #total = 0;

  receive(method: string, path: string, pattern: string, headers: IncomingHttpHeaders): RecordedRequest {
    const request: RecordedRequest = { method, path, headers: pick(headers), body: null, status: null };
    // Trimmed only at twice the size, so that a request costs no copy of the list.
    if (this.#requests.length >= 2 * kept) this.#requests = this.#requests.slice(-kept);
    this.#requests.push(request);
    const route = `${method} ${pattern}`;
    this.#counts.set(route, (this.#counts.get(route) ?? 0) + 1);
    this.#total += 1;
    return request;
  }

  requests(): readonly RecordedRequest[] {
    return this.#requests.slice(-kept);
  }

  counts(): { requests: Record<string, number>; total: number } {
    return { requests: Object.fromEntries(this.#counts), total: this.#total };
  }

  clear(): void {
    this.#requests = [];
    this.#counts.clear();
    this.#total = 0;
  }
}

function pick(headers: IncomingHttpHeaders): RecordedHeaders {
  const key = headers['idempotency-key'];
  const requestId = headers['x-request-id'];
  return {
    'idempotency-key': typeof key === 'string' ? key : undefined,
    'content-type': headers['content-type'],
    'x-request-id': typeof requestId === 'string' ? requestId : undefined,
    'x-incode-hardware-id': headers['x-incode-hardware-id'] !== undefined,
  };
}
