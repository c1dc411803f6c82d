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
    delay: z.enum(['before', 'after']).optional(),
    drop: z.enum(['before', 'after']).optional(),
  })
  .refine((fault) => fault.drop === undefined || !isAnswer(fault), {
    error: 'a connection that is dropped has no status, body or headers',
  })
  .refine((fault) => fault.delay === undefined || fault.delayMs !== undefined, {
    error: 'a delay needs delayMs',
  })
  .refine((fault) => fault.delay !== 'after' || (fault.drop !== 'before' && !isAnswer(fault)), {
    error: 'a delay after carrying out has something carried out: no status, body or headers, no drop before',
  })
  .refine((fault) => fault.headers === undefined || fault.status !== undefined || fault.body !== undefined, {
    error: 'headers need a status or a body beside them',
  })
  .refine((fault) => fault.drop !== undefined || fault.delayMs !== undefined || isAnswer(fault), {
    error: 'a fault needs a status, a body, a delayMs or a drop',
  });

/** Something that is to go wrong, as `faultGuide` says. */
export type Fault = z.output<typeof FaultBody>;

/** What a fault can be, for whoever opens a sandbox's page. */
export const faultGuide = `POST /_faults makes something go wrong, once or "times" often, for requests whose "METHOD /path?query" has "match" in it:
  {"status": 503, "body": …, "headers": {…}}   is the answer; nothing is carried out
  {"drop": "before"}                           resets the connection; nothing is carried out
  {"drop": "after"}                            carries out, then resets the connection
  {"delayMs": 5000}                            waits, then carries out and answers, even for a client that has left
  {"delayMs": 5000, "delay": "after"}          carries out at once, and waits with the answer alone
GET /_faults lists those that wait, GET /_requests and GET /_counters tell what arrived, POST /_reset begins anew.
`;

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
