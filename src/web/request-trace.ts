import type { IncomingHttpHeaders } from 'node:http';

/** Stands around what is done for a request, for whoever follows it from one service to the next. */
export interface RequestTrace {
  /** A request of which no operation is carried out. */
  received<T>(headers: IncomingHttpHeaders, handle: () => T): T;
  operation<T>(headers: IncomingHttpHeaders, handle: () => Promise<T>): Promise<T>;
}

/** Nobody follows it. */
export const UNTRACED: RequestTrace = {
  received: (_headers, handle) => handle(),
  operation: (_headers, handle) => handle(),
};
