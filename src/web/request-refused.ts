/** A request that is answered with this sentence instead of by the graph. To be thrown in a hook or a handler. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly statusCode: number;
  readonly code: 'BAD_USER_INPUT' | 'FORBIDDEN' | 'NOT_FOUND';

  constructor(statusCode: number, message: string, code: RequestRefused['code'] = 'BAD_USER_INPUT') {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
  }
}
