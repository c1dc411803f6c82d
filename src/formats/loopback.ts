const ADDRESS = String.raw`127(?:\.\d+){3}|\[::1\]`;
const LOOPBACK = new RegExp(`^(?:localhost\\.?|${ADDRESS})$`, 'i');
// Browsers resolve whatever ends in .localhost to their own machine without asking anybody (RFC 6761).
const LOOPBACK_HOST = new RegExp(`^(?:(?:[\\w-]+\\.)*localhost\\.?|${ADDRESS})(?::\\d+)?$`, 'i');

/** Whether a `HOST` to listen on, or the host of a URL, is of this machine alone. */
export function isLoopback(host: string): boolean {
  return host === '::1' || LOOPBACK.test(host);
}

/** Whether a request's `Host` names this machine. */
export function isLoopbackHost(host: string | undefined): boolean {
  return LOOPBACK_HOST.test(host ?? '');
}
