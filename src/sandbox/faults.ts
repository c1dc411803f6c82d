import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';

const Header = z
  .record(z.string(), z.string())
  .refine((headers) => Object.entries(headers).every(isSendable), {
    error: 'a header cannot be sent as it is',
  });

/** What `POST /_faults` accepts. */
const FaultBody = z
  .strictObject({
    match: z.string().min(1).optional(),
    times: z.int().min(1).default(1),
    status: z.int().min(200).max(599).optional(),
    body: z.json().optional(),
    headers: Header.optional(),
    delayMs: z.int().min(0).max(3_600_000).optional(),
    drop: z.enum(['before', 'after']).optional(),
  })
  .refine((fault) => fault.drop === undefined || !isAnswer(fault), {
    error: 'a connection that is dropped has no status, body or headers',
  })
  .refine((fault) => fault.headers === undefined || fault.status !== undefined || fault.body !== undefined, {
    error: 'headers need a status or a body beside them',
  })
  .refine((fault) => fault.drop !== undefined || fault.delayMs !== undefined || isAnswer(fault), {
    error: 'a fault needs a status, a body, a delayMs or a drop',
  });

/**
 * Something that is to go wrong. With a status or a body it is the answer, and nothing is carried out; with a
 * `delayMs` alone the true answer comes late; a `drop` resets the connection before or after carrying out.
 */
export type Fault = z.output<typeof FaultBody>;

/** The faults that wait for their request, in the order in which they were asked for. */
export class Faults {
  #waiting: Fault[] = [];

  /** Takes what a caller posted; a string is the sentence that says why not. */
  add(input: unknown): string | undefined {
    const parsed = FaultBody.safeParse(input);
    if (!parsed.success) return `This is not a fault: ${parsed.error.issues.map(sentence).join('; ')}.`;
    this.#waiting.push(parsed.data);
    return undefined;
  }

  /** The first fault that fits `METHOD /path?query`, used once. */
  take(request: string): Fault | undefined {
    if (this.#waiting.length === 0) return undefined;
    const index = this.#waiting.findIndex((fault) => fits(fault, request));
    const fault = this.#waiting[index];
    if (fault === undefined) return undefined;
    fault.times -= 1;
    if (fault.times === 0) this.#waiting.splice(index, 1);
    return fault;
  }

  list(): readonly Fault[] {
    return this.#waiting;
  }

  clear(): void {
    this.#waiting = [];
  }
}

/** Whether the fault is an answer in place of the true one. */
export function isAnswer(fault: { status?: unknown; body?: unknown; headers?: unknown }): boolean {
  return fault.status !== undefined || fault.body !== undefined || fault.headers !== undefined;
}

function fits({ match }: Fault, request: string): boolean {
  return match === undefined || request.toLowerCase().includes(match.toLowerCase());
}

function isSendable([name, value]: [string, string]): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function sentence({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`;
}
