import type { Answer } from './exchange.ts';

/** Where a 3xx points to. */
export interface Redirect {
  /** In words that are safe to log: the path of another place may hold ids. */
  readonly target: string;
  /**
   * Whether it points to the same path elsewhere (https, another host, a slash more or less): then nothing was carried out.
   * A 303 says that something was, and another place may be where the result is.
   */
  readonly isSamePathElsewhere: boolean;
}

interface Asked {
  readonly url: URL;
  readonly route: string;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** What a redirect (RFC 9110, 15.4) says of the request that it answers; null where the answer is none. */
export function redirectOf(
  { status, headers: { location } }: Pick<Answer, 'status' | 'headers'>,
  asked: Asked,
): Redirect | null {
  if (!REDIRECTS.has(status)) return null;
  const target = typeof location === 'string' ? URL.parse(location, asked.url) : null;
  if (!target || !/^https?:$/.test(target.protocol)) {
    return { target: 'nowhere that could be followed', isSamePathElsewhere: false };
  }
  const isSamePath = place(target) === place(asked.url);
  const isElsewhere = target.origin !== asked.url.origin || target.pathname !== asked.url.pathname;
  return {
    target: isSamePath ? target.origin + asked.route : `another path at ${target.origin}`,
    isSamePathElsewhere: isSamePath && isElsewhere && status !== 303,
  };
}

function place({ pathname, search }: URL): string {
  return pathname.replaceAll(/\/{2,}/g, '/').replace(/\/$/, '') + search;
}
