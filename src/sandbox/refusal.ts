/** An answer by which a provider declines a request. Thrown anywhere below a route; the server sends it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
  }
}
