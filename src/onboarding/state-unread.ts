import {
  ProviderError,
  ProviderRateLimited,
  ProviderRefusesService,
  SessionOver,
  type ErrorCode,
} from './errors.ts';
import { providerName } from './provider.ts';

/**
 * A provider could not be asked about what was to be done: whether it was, or how what it made stands now. The error it is made
 * of is one of reading, and what that says of itself must not be taken for what is known of the deed.
 */
export class StateUnread extends ProviderError {
  override readonly name = 'StateUnread';
  readonly code: ErrorCode;
  readonly retryAfterSeconds: number | null;

  private constructor(cause: ProviderError, sentence: string) {
    super(cause.provider, `${sentence} ${adviceAfter(cause)}`, { outcome: 'UNKNOWN', cause });
    this.code = cause.code;
    this.retryAfterSeconds = cause instanceof ProviderRateLimited ? cause.retryAfterSeconds : null;
  }

  /** It may have been carried out. Other errors than a provider's stay as they are. */
  static inDoubt(error: unknown): unknown {
    if (!(error instanceof ProviderError)) return error;
    return new StateUnread(
      error,
      `It may have been carried out, and ${providerName[error.provider]} could not be asked whether it was.`,
    );
  }

  /** It was carried out. Other errors than a provider's stay as they are. */
  static afterSuccess(error: unknown): unknown {
    if (!(error instanceof ProviderError)) return error;
    return new StateUnread(
      error,
      `It was carried out, but ${providerName[error.provider]} could not be asked how it stands now.`,
    );
  }
}

/** What can be done: some of what keeps a provider from being asked is for good, or until somebody does something. */
function adviceAfter(cause: ProviderError): string {
  const name = providerName[cause.provider];
  if (cause instanceof SessionOver) {
    return `${name} no longer accepts this session's token, so this cannot be found out here any more: look for the session there before you start a new one.`;
  }
  if (cause instanceof ProviderRefusesService) {
    return `${name} does not accept the requests of this service, until whoever runs it has looked: the log has the reason under this request id. Repeat the same request after that: it sends nothing twice.`;
  }
  const seconds = cause instanceof ProviderRateLimited ? cause.retryAfterSeconds : null;
  return `Repeat the same request ${seconds === null ? 'later' : `in ${seconds} s`}: that sends nothing twice.`;
}
