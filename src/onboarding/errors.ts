import { type Provider, providerName } from './provider.ts';

/** What an operation can end in; the `extensions.code` of its error. */
export type ErrorCode =
  | 'BAD_USER_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'PROVIDER_UNAVAILABLE'
  | 'PROVIDER_TIMEOUT'
  | 'PROVIDER_RATE_LIMITED'
  | 'INTERNAL_SERVER_ERROR';

/** An outcome that the graph can name. Its message is written for the caller of the graph; `cause` is for the log alone. */
export abstract class OnboardingError extends Error {
  abstract readonly code: ErrorCode;
}

/** The caller's argument cannot be used; the message says what to do instead. */
export class BadUserInput extends OnboardingError {
  override readonly name = 'BadUserInput';
  readonly code = 'BAD_USER_INPUT';
}

/** It is not known who calls, and this is not for everybody. */
export class Unauthenticated extends OnboardingError {
  override readonly name = 'Unauthenticated';
  readonly code = 'UNAUTHENTICATED';

  constructor() {
    super('This needs an access token. Send it as `authorization: Bearer …`.');
  }
}

/** The caller may not have this. */
export class Forbidden extends OnboardingError {
  override readonly name = 'Forbidden';
  readonly code = 'FORBIDDEN';

  /** @param needed any of these groups of scopes would do; or what it is about, in a sentence for the caller */
  constructor(needed: readonly (readonly string[])[] | string) {
    super(
      typeof needed === 'string'
        ? needed
        : `Your access token lacks a scope for this. It needs ${needed.map((group) => group.join(' and ')).join(', or ')}.`,
    );
  }
}

/** What whoever asked in vain is told to do. What others sent under the same key is not known here. */
const REPEAT_LATER = 'Repeat it later, with the same idempotencyKey if you gave one.';

/**
 * What we keep cannot be reached: it cannot be read, and a request for something to be done sends nothing, because what is
 * not recorded first could be sent twice. Another process may have sent the same before.
 */
export class StoreUnavailable extends OnboardingError {
  override readonly name = 'StoreUnavailable';
  readonly code = 'INTERNAL_SERVER_ERROR';

  constructor(
    cause: unknown,
    message = `Our store is out of reach, so this request sent nothing. ${REPEAT_LATER}`,
  ) {
    super(message, { cause });
  }
}

/** The operation's time was up before it could be recorded: this request sends nothing any more. */
export class NotRecordedInTime extends OnboardingError {
  override readonly name = 'NotRecordedInTime';
  readonly code = 'INTERNAL_SERVER_ERROR';

  constructor(cause: unknown) {
    super(`The time was up before this could be recorded, so this request sent nothing. ${REPEAT_LATER}`, {
      cause,
    });
  }
}

/** What became of it could not be stored, so that nobody can be told. */
export class OutcomeNotStored extends OnboardingError {
  override readonly name = 'OutcomeNotStored';
  readonly code = 'INTERNAL_SERVER_ERROR';

  constructor(cause: unknown) {
    super(`It may have been carried out, but our store could not keep what became of it. ${REPEAT_LATER}`, {
      cause,
    });
  }
}

/** What is known of something to be done that ended in an error: certainly not carried out, or it may have been. */
export type Outcome = 'NOT_CARRIED_OUT' | 'UNKNOWN';

interface ProviderErrorOptions {
  /** Whether the provider was not even asked, because it is known to be ill or to throttle. */
  readonly isUnasked?: boolean;
  readonly outcome: Outcome;
  readonly cause: unknown;
}

/** A provider let us down. */
export abstract class ProviderError extends OnboardingError {
  readonly provider: Provider;
  readonly outcome: Outcome;
  /** Whether the provider was not even asked, because it is known to be ill or to throttle: the log had its line when that began. */
  readonly isUnasked: boolean;

  constructor(
    provider: Provider,
    message: string,
    { outcome, cause, isUnasked = false }: ProviderErrorOptions,
  ) {
    super(message, { cause });
    this.isUnasked = isUnasked;
    this.provider = provider;
    this.outcome = outcome;
  }
}

/** The provider did not answer, or answered what we cannot use: its 5xx, a body of the wrong shape. */
export class ProviderUnavailable extends ProviderError {
  override readonly name = 'ProviderUnavailable';
  readonly code = 'PROVIDER_UNAVAILABLE';
  /** When it is asked again, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    provider: Provider,
    { retryAfterSeconds, ...options }: ProviderErrorOptions & { retryAfterSeconds?: number | undefined },
  ) {
    super(
      provider,
      `${providerName[provider]} is not available right now. ${adviceAfter(options.outcome)}`,
      options,
    );
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The provider refuses this service, and will until its operator does something: our key, our request, a redirect. Not carried out. */
export class ProviderRefusesService extends ProviderError {
  override readonly name = 'ProviderRefusesService';
  readonly code = 'PROVIDER_UNAVAILABLE';

  constructor(provider: Provider, cause: unknown) {
    super(
      provider,
      `${providerName[provider]} does not accept the requests of this service. Trying again changes nothing until whoever runs it has looked: the log has the reason under this request id.`,
      { outcome: 'NOT_CARRIED_OUT', cause },
    );
  }
}

/** The provider took longer than PROVIDER_TIMEOUT_MS, or the operation longer than OPERATION_TIMEOUT_MS. */
export class ProviderTimeout extends ProviderError {
  override readonly name = 'ProviderTimeout';
  readonly code = 'PROVIDER_TIMEOUT';

  constructor(provider: Provider, options: ProviderErrorOptions) {
    super(
      provider,
      `${providerName[provider]} did not answer in time. ${adviceAfter(options.outcome)}`,
      options,
    );
  }
}

/** The provider no longer accepts a session's own token: for good, and nobody's failure. */
export class SessionOver extends ProviderError {
  override readonly name = 'SessionOver';
  readonly code = 'PROVIDER_UNAVAILABLE';

  constructor(provider: Provider, cause: unknown) {
    super(
      provider,
      `${providerName[provider]} no longer accepts this session's token, so nothing more can be read of it. Start a new session.`,
      { outcome: 'NOT_CARRIED_OUT', cause },
    );
  }
}

/** Whoever asked has gone away before the provider answered: nobody's failure, and nobody hears of it. */
export class CallerGone extends ProviderError {
  override readonly name = 'CallerGone';
  readonly code = 'PROVIDER_UNAVAILABLE';

  constructor(provider: Provider, options: ProviderErrorOptions) {
    super(provider, `The caller has gone away before ${providerName[provider]} answered.`, options);
  }
}

/** The provider throttles us. `retryAfterSeconds` is what it said, or null when it said nothing. */
export class ProviderRateLimited extends ProviderError {
  override readonly name = 'ProviderRateLimited';
  readonly code = 'PROVIDER_RATE_LIMITED';
  readonly retryAfterSeconds: number | null;

  constructor(
    provider: Provider,
    retryAfterSeconds: number | null,
    { cause, isUnasked = false }: Pick<ProviderErrorOptions, 'cause' | 'isUnasked'>,
  ) {
    const when = retryAfterSeconds === null ? 'later' : `in ${retryAfterSeconds} s`;
    super(provider, `${providerName[provider]} is receiving too many requests. Try again ${when}.`, {
      outcome: 'NOT_CARRIED_OUT',
      cause,
      isUnasked,
    });
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

function adviceAfter(outcome: Outcome): string {
  return outcome === 'UNKNOWN'
    ? 'It may have been carried out all the same. Repeat it with the same idempotencyKey: that sends nothing twice. If you gave none, look there first.'
    : 'Try again later.';
}
