import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import type { Logger } from 'pino';

const REFRESH_EVERY_MS = 5 * 60 * 1_000;
const TIMEOUT_MS = 5_000;
/** After keys were asked for in vain, for as long: made-up key ids must not become a flood at the key server. */
const IN_VAIN_MS = 1_000;

/** The public keys of whoever issues the access tokens. */
export interface KeySet {
  /**
   * The key of a token. One that is not known yet is asked for at once, so that a rotation needs nothing from us.
   * @throws {KeysUnavailable} when no key was ever obtained
   * @throws jose's JWKSNoMatchingKey when there is no such key
   */
  readonly keyOf: JWTVerifyGetKey;
  /** Whether there are any; while there are none, asking is a reason to look again. */
  isThere(): boolean;
  close(): void;
}

/** The key server never answered. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

type Remote = ReturnType<typeof createRemoteJWKSet>;

interface Options {
  readonly logger: Logger;
  /** The keys are no longer the same. */
  readonly onChange: () => void;
}

/** Keys that are fetched now and every few minutes; while their server is out of reach, the last ones go on being used. */
export function keySet(url: string, options: Options): KeySet {
  // When to fetch is decided here: jose would forget its keys when they cannot be renewed.
  const remote = createRemoteJWKSet(new URL(url), {
    timeoutDuration: TIMEOUT_MS,
    cacheMaxAge: Infinity,
    cooldownDuration: Infinity,
  });
  const refresh = () => refreshed(remote, url, options);
  const refreshUnlessInVain = unlessInVain(refresh);
  const timer = setInterval(() => void refresh(), REFRESH_EVERY_MS);
  timer.unref();
  void refresh();

  return {
    async keyOf(header, token) {
      if (!remote.jwks()) await refreshUnlessInVain();
      if (!remote.jwks()) throw new KeysUnavailable();
      try {
        return await remote(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        await refreshUnlessInVain();
        return remote(header, token);
      }
    },
    isThere() {
      if (!remote.jwks()) void refreshUnlessInVain();
      return remote.jwks() !== undefined;
    },
    close: () => clearInterval(timer),
  };
}

/** Fetches the keys. Answers whether they are others now. */
async function refreshed(remote: Remote, url: string, { logger, onChange }: Options): Promise<boolean> {
  const before = JSON.stringify(remote.jwks());
  try {
    await remote.reload();
  } catch (error) {
    logOutage(logger, { keyServer: withoutQuery(url), ...causeOf(error) }, remote.jwks() !== undefined);
    return false;
  }
  const isChanged = JSON.stringify(remote.jwks()) !== before;
  if (isChanged) onChange();
  return isChanged;
}

function logOutage(logger: Logger, failure: object, hasKeys: boolean): void {
  if (hasKeys) {
    logger.warn(
      failure,
      'The keys of AUTH_JWKS_URL cannot be fetched; the last ones are used until they can',
    );
  } else {
    logger.error(
      failure,
      'The keys of AUTH_JWKS_URL cannot be fetched, and never were: until they can, requests with a token are answered 503, and this process is not ready',
    );
  }
}

/** Does this once at a time, and for a while not again after it was in vain. */
function unlessInVain(refresh: () => Promise<boolean>): () => Promise<void> {
  let inVainUntil = 0;
  let underWay: Promise<void> | undefined;
  async function lookedAgain(): Promise<void> {
    if (!(await refresh())) inVainUntil = Date.now() + IN_VAIN_MS;
    underWay = undefined;
  }
  return async () => {
    if (Date.now() < inVainUntil) return;
    underWay ??= lookedAgain();
    await underWay;
  };
}

/** The query may hold a credential. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** What jose says of an answer, or the code of what kept us from one; what fetch says may quote the URL. */
function causeOf(error: unknown): { readonly cause: string | undefined; readonly reason?: string } {
  return { cause: codeOf(error), ...(error instanceof errors.JOSEError && { reason: error.message }) };
}

/** Of the error or of what lies below it: `ECONNREFUSED`, `ENOTFOUND`, `ERR_JWKS_TIMEOUT`. */
function codeOf(error: unknown): string | undefined {
  const { code, cause } = error as NodeJS.ErrnoException;
  return cause === undefined ? code : codeOf(cause);
}
