const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/** Whether a `HOST` to listen on is of this machine alone. */
export function isLoopback(host: string): boolean {
  return host === '::1' || LOOPBACK.test(host);
}

/** Whether a request's `Host` names this machine. */
export function isLoopbackHost(host: string | undefined): boolean {
  return LOOPBACK.test(host ?? '');
}
