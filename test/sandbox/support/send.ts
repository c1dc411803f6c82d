export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON, else the text. */
  readonly body: Body;
}

export interface Sent {
  readonly headers?: Record<string, string>;
  /** Sent as JSON, or as it is when it is a string. */
  readonly body?: unknown;
}

/** One request, written as `POST /path`. A reset connection rejects. */
export async function send<Body = unknown>(
  base: string,
  request: string,
  { headers = {}, body }: Sent = {},
): Promise<Answer<Body>> {
  const [method, path] = request.split(' ');
  const answer = await fetch(`${base}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  return { status: answer.status, headers: answer.headers, body: (isJson ? JSON.parse(text) : text) as Body };
}

/** Where the control routes are: at the root, also of a base URL with a path. */
export function rootOf(url: string): string {
  return new URL(url).origin;
}
