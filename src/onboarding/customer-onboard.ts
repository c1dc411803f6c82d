import type { Write } from './effect.ts';
import type { Page, PageRequest } from './page.ts';
import type { Call } from './provider.ts';

/** What Relay found out about a number that is not mobile. Both are Relay's words; the number is personal data. */
export interface MobileAnalysisResult {
  readonly phoneNumber: string;
  readonly result: string;
}

/** An onboarding to messaging, as Relay accepted it. Accepted is not delivered. */
export interface CustomerOnboard {
  /** Ours: Relay returns none. */
  readonly id: string;
  readonly clientId: string;
  /** Relay's ccid. */
  readonly customerId: string;
  readonly productGroupId: string;
  readonly triggerId: string | null;
  readonly clientMessageTag: string | null;
  readonly message: string;
  /** Null where nobody knows: Relay answered what cannot be read. */
  readonly mobileAnalysisResults: readonly MobileAnalysisResult[] | null;
  readonly createdAt: Date;
}

/** What Relay answers. */
export interface Acceptance {
  readonly message: string;
  /** Empty where it found nothing or did not look; null where that cannot be read. */
  readonly mobileAnalysisResults: readonly MobileAnalysisResult[] | null;
}

/** Whom to onboard, and to what. Everything under `customer` is personal data: passed through, never stored. */
export interface NewCustomerOnboard {
  readonly clientId: string;
  readonly productGroupId: string;
  readonly triggerId?: string | undefined;
  readonly launchedBy?:
    | { readonly name?: string | undefined; readonly source?: string | undefined }
    | undefined;
  readonly deactivatePreviousConnections?: boolean | undefined;
  /** Every name begins with `input_`. */
  readonly inputParameters?: Readonly<Record<string, string>> | undefined;
  readonly assetId?: string | undefined;
  readonly clientMessageTag?: string | undefined;
  readonly powerupsParameters?: Readonly<Record<string, string>> | undefined;
  readonly customer: {
    readonly id: string;
    readonly secondaryAccountId?: string | undefined;
    readonly firstName?: string | undefined;
    readonly middleName?: string | undefined;
    readonly lastName?: string | undefined;
    /** `yyyy-mm-dd`. */
    readonly dateOfBirth?: string | undefined;
    readonly ssnLast4?: string | undefined;
    readonly gender?: string | undefined;
    readonly addresses?: readonly Address[] | undefined;
    readonly notificationChannels?: readonly NotificationChannel[] | undefined;
    readonly ext?: Readonly<Record<string, string>> | undefined;
  };
}

export interface Address {
  readonly address1?: string | undefined;
  readonly address2?: string | undefined;
  readonly city?: string | undefined;
  readonly stateProvince?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly country?: string | undefined;
}

/** A phone number of 10 or 11 digits, and the consent that the person gave to use it: never assumed. */
export interface NotificationChannel {
  readonly channelType: 'SMS';
  readonly channelAddress: string;
  readonly consentType: 'WRITTEN' | 'EXPRESS' | 'STOP';
  readonly phoneType?: string | undefined;
}

/** Relay's side. */
export interface Messaging {
  /** Not idempotent: with a trigger, every call can text the person. @throws {Refusal} */
  onboard(onboard: NewCustomerOnboard, call: Call): Promise<Acceptance>;
}

/** Our side: Relay keeps no record that can be asked for. */
export interface CustomerOnboardStore {
  adding(onboard: CustomerOnboard): Write;
  /** In the order of the ids; null where there is none. */
  getMany(ids: readonly string[]): Promise<(CustomerOnboard | null)[]>;
  /** Newest first. */
  list(page: PageRequest, filter: { customerId?: string | undefined }): Promise<Page<CustomerOnboard>>;
}
