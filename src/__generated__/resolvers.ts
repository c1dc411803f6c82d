import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { OnboardingSession as OnboardingSessionParent } from '../onboarding/onboarding-session.ts';
import type { EntityOnboardingSession as EntityOnboardingSessionParent } from '../onboarding/entity-onboarding-session.ts';
import type { Mention } from '../graphql/mention.ts';
import type { CustomerOnboard as CustomerOnboardParent } from '../onboarding/customer-onboard.ts';
import type { ProviderHealth } from '../onboarding/provider-health.ts';
import type { Customer as CustomerParent } from '../onboarding/customer.ts';
import type { Context } from '../graphql/context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A calendar date, `yyyy-mm-dd`, without a time zone. */
  Date: { input: string; output: string; }
  /** A moment, RFC 3339. Always emitted in UTC, for example `2026-11-21T13:00:00.000Z`. */
  DateTime: { input: Date; output: Date; }
  /** Who may be answered from a cache: `PUBLIC` (everybody) or `PRIVATE` (the caller alone). Seen by this subgraph only. */
  OnboardingCacheScope: { input: string; output: string; }
  /**
   * An absolute URL, passed on exactly as given: no slash is added and nothing is re-encoded. What is given must be http(s); what a
   * provider answers may be of an app (`myapp://done`), never what a browser would run or open within itself (`javascript:`,
   * `data:`, `chrome:`). Where a field must have a URL and the provider gave none of these, it is `about:blank`.
   */
  URL: { input: string; output: string; }
  _FieldSet: { input: string; output: string; }
};

/** What completes an identity check. */
export type CompleteOnboardingSessionInput = {
  /** The session: Incode's interviewId. */
  id: Scalars['ID']['input'];
  /** Names this request, 1 to 200 characters: the same key again answers the same result and sends nothing. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** What completing an identity check answers. */
export type CompleteOnboardingSessionPayload = {
  __typename?: 'CompleteOnboardingSessionPayload';
  /** The session. Null when it was refused. */
  onboardingSession?: Maybe<OnboardingSession>;
  /** Why it was refused; empty when it was not. */
  userErrors: Array<OnboardingUserError>;
};

/** What creates a hosted onboarding session. */
export type CreateEntityOnboardingSessionInput = {
  /** The id that your own system gives the customer; the session is then listed under that customer. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** An existing Entity at Increase to onboard. Without it the submission creates one. */
  entityId?: InputMaybe<Scalars['ID']['input']>;
  /** Names this request, 1 to 200 characters: the same key again answers the same session. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The program at Increase: `program_…`. */
  programId: Scalars['ID']['input'];
  /** Where the person is sent after the form: an absolute http(s) URL. */
  redirectUrl: Scalars['URL']['input'];
};

/** What creating a hosted onboarding session answers. */
export type CreateEntityOnboardingSessionPayload = {
  __typename?: 'CreateEntityOnboardingSessionPayload';
  /** The session. Null when it was refused. */
  entityOnboardingSession?: Maybe<EntityOnboardingSession>;
  /** Why it was refused; empty when it was not. */
  userErrors: Array<OnboardingUserError>;
};

/** One person or business, under the id that the caller's own system gives them: Incode's externalCustomerId, Relay's ccid. */
export type Customer = {
  __typename?: 'Customer';
  /** The customer's onboardings to messaging (Relay), newest first. */
  customerOnboards?: Maybe<CustomerOnboardConnection>;
  /**
   * The hosted onboarding sessions (Increase) that were created for the customer through this graph, newest first, without those
   * that Increase no longer knows.
   */
  entityOnboardingSessions?: Maybe<EntityOnboardingSessionConnection>;
  /** The id that your own system gives the customer. */
  id: Scalars['ID']['output'];
  /** The customer's identity checks (Incode), newest first. */
  onboardingSessions?: Maybe<OnboardingSessionConnection>;
};


/** One person or business, under the id that the caller's own system gives them: Incode's externalCustomerId, Relay's ccid. */
export type CustomerCustomerOnboardsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One person or business, under the id that the caller's own system gives them: Incode's externalCustomerId, Relay's ccid. */
export type CustomerEntityOnboardingSessionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One person or business, under the id that the caller's own system gives them: Incode's externalCustomerId, Relay's ccid. */
export type CustomerOnboardingSessionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** An onboarding of a customer or patient to messaging at Relay, as Relay accepted it. */
export type CustomerOnboard = {
  __typename?: 'CustomerOnboard';
  /** The Relay client it was sent to. */
  clientId: Scalars['ID']['output'];
  /** Your own tag, as given. */
  clientMessageTag?: Maybe<Scalars['String']['output']>;
  /** When Relay accepted it. */
  createdAt: Scalars['DateTime']['output'];
  /** The customer, across the providers, by Relay's ccid. */
  customer: Customer;
  /** Given by this graph: Relay returns none. */
  id: Scalars['ID']['output'];
  /** Relay's word. `Accepted` does not mean delivered. Null where that it was accepted was found out by reading. */
  message?: Maybe<Scalars['String']['output']>;
  /**
   * What Relay found out about numbers that are not mobile; empty when it found nothing, or mobile analysis is off.
   * Null where nobody knows.
   */
  mobileAnalysisResults?: Maybe<Array<RelayMobileAnalysisResult>>;
  /** The product group that the customer was onboarded to. */
  productGroupId: Scalars['ID']['output'];
  /** The experience that was sent to the customer, if any. */
  triggerId?: Maybe<Scalars['ID']['output']>;
};

/** A page of onboardings to messaging. */
export type CustomerOnboardConnection = {
  __typename?: 'CustomerOnboardConnection';
  /** The onboardings with their cursors. */
  edges: Array<CustomerOnboardEdge>;
  /** The onboardings alone. */
  nodes: Array<CustomerOnboard>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** An onboarding to messaging in a list. */
export type CustomerOnboardEdge = {
  __typename?: 'CustomerOnboardEdge';
  /** Resumes the list right after this onboarding. */
  cursor: Scalars['String']['output'];
  /** The onboarding. */
  node: CustomerOnboard;
};

/** Which onboardings to messaging to list. */
export type CustomerOnboardFilter = {
  /** Only those of this customer. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
};

/** A hosted onboarding of a business or account holder at Increase. */
export type EntityOnboardingSession = {
  __typename?: 'EntityOnboardingSession';
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The Entity: given at creation, or made by the submission. Null while there is none. */
  entity?: Maybe<IncreaseEntity>;
  /** When it ends by itself. */
  expiresAt: Scalars['DateTime']['output'];
  /** Increase's id: `entity_onboarding_session_…`. */
  id: Scalars['ID']['output'];
  /** The key it was created with, unique across all of Increase. */
  idempotencyKey?: Maybe<Scalars['ID']['output']>;
  /** The program that the Entity is onboarded to. */
  program: IncreaseProgram;
  /** Where the person is sent after the form. Increase adds the ids of the session and of the Entity. `about:blank` where Increase gave nothing that one can be sent to. */
  redirectUrl: Scalars['URL']['output'];
  /** The hosted form, only while `ACTIVE`: https, or http on the machine of the sandbox. A secret: whoever holds it can fill in the form. */
  sessionUrl?: Maybe<Scalars['URL']['output']>;
  /** Submission, time-out and expiry by hand all end in `EXPIRED`: see `submitted`. */
  status: EntityOnboardingSessionStatus;
  /** True where the Entity says that this session created it, false where the form was certainly not submitted, null where that cannot be known. */
  submitted?: Maybe<Scalars['Boolean']['output']>;
};

/** A page of hosted onboarding sessions. */
export type EntityOnboardingSessionConnection = {
  __typename?: 'EntityOnboardingSessionConnection';
  /** The sessions with their cursors. */
  edges: Array<EntityOnboardingSessionEdge>;
  /** The sessions alone. */
  nodes: Array<EntityOnboardingSession>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** A hosted onboarding session in a list. */
export type EntityOnboardingSessionEdge = {
  __typename?: 'EntityOnboardingSessionEdge';
  /** Resumes the list right after this session, even while sessions are being added. */
  cursor: Scalars['String']['output'];
  /** The session. */
  node: EntityOnboardingSession;
};

/** Which hosted onboarding sessions to list. */
export type EntityOnboardingSessionFilter = {
  /** Only the one that was created with this key, 1 to 200 characters. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Only those with one of these statuses; an empty list matches none. */
  statusIn?: InputMaybe<Array<EntityOnboardingSessionStatus>>;
};

/** Whether a hosted form can be filled in. */
export type EntityOnboardingSessionStatus =
  /** The form can be filled in. */
  | 'ACTIVE'
  /** The form can no longer be filled in: submitted, out of time, or expired by hand. */
  | 'EXPIRED'
  /** A status that this graph does not know yet. Not accepted in a filter. */
  | 'UNKNOWN';

/** What expires a hosted onboarding session. */
export type ExpireEntityOnboardingSessionInput = {
  /** The session: `entity_onboarding_session_…`. */
  id: Scalars['ID']['input'];
  /** Names this request, 1 to 200 characters: the same key again answers the session as it is, and sends nothing. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** What expiring a hosted onboarding session answers. */
export type ExpireEntityOnboardingSessionPayload = {
  __typename?: 'ExpireEntityOnboardingSessionPayload';
  /** The session. Null when it was refused. */
  entityOnboardingSession?: Maybe<EntityOnboardingSession>;
  /** Why it was refused; empty when it was not. */
  userErrors: Array<OnboardingUserError>;
};

/** A business or person who holds accounts at Increase. Its personal data is not part of this graph. */
export type IncreaseEntity = {
  __typename?: 'IncreaseEntity';
  /** When it was created. */
  createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** The hosted onboarding session that created it. Null when none did. */
  creatingSession?: Maybe<EntityOnboardingSession>;
  /** Increase's id: `entity_…`. */
  id: Scalars['ID']['output'];
  /** Whether it can be used. */
  status?: Maybe<IncreaseEntityStatus>;
  /** Its legal structure. */
  structure?: Maybe<IncreaseEntityStructure>;
  /** Where Increase's validation of it stands. Null when it has none. */
  validationStatus?: Maybe<IncreaseEntityValidationStatus>;
};

/** Whether an Entity can be used. */
export type IncreaseEntityStatus =
  /** It can be used. */
  | 'ACTIVE'
  /** It is archived. */
  | 'ARCHIVED'
  /** It is temporarily disabled. */
  | 'DISABLED'
  /** A status that this graph does not know yet. */
  | 'UNKNOWN';

/** The legal structure of an Entity. */
export type IncreaseEntityStructure =
  /** A corporation. */
  | 'CORPORATION'
  /** A government authority. */
  | 'GOVERNMENT_AUTHORITY'
  /** Several people together. */
  | 'JOINT'
  /** One person. */
  | 'NATURAL_PERSON'
  /** A trust. */
  | 'TRUST'
  /** A structure that this graph does not know yet. */
  | 'UNKNOWN';

/** Where the validation of an Entity stands. */
export type IncreaseEntityValidationStatus =
  /** Invalid: Increase has issues with it. */
  | 'INVALID'
  /** Being validated. */
  | 'PENDING'
  /** A status that this graph does not know yet. */
  | 'UNKNOWN'
  /** Valid. */
  | 'VALID';

/** A program at Increase, under which accounts are held. */
export type IncreaseProgram = {
  __typename?: 'IncreaseProgram';
  /** The bank behind it, in Increase's word (an open set). */
  bank?: Maybe<Scalars['String']['output']>;
  /** When it was created. */
  createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** Increase's id: `program_…`. */
  id: Scalars['ID']['output'];
  /** Its name. */
  name?: Maybe<Scalars['String']['output']>;
  /** When it was last changed. */
  updatedAt?: Maybe<Scalars['DateTime']['output']>;
};

/**
 * What can be done. Give each an `idempotencyKey` of your own, and repeat it with the same key after any failure: it is sent once.
 * An error carries `extensions.outcome`: `NOT_CARRIED_OUT` or `UNKNOWN`. `FORBIDDEN`, `UNAUTHENTICATED` and `BAD_USER_INPUT` have
 * none: by these, the request sent nothing.
 */
export type Mutation = {
  __typename?: 'Mutation';
  /** Completes an identity check at Incode: applies the flow's rules and computes the score. Completed does not mean approved: the score decides. */
  completeOnboardingSession?: Maybe<CompleteOnboardingSessionPayload>;
  /** Creates a hosted onboarding session at Increase. Send the person to its `sessionUrl`. */
  createEntityOnboardingSession?: Maybe<CreateEntityOnboardingSessionPayload>;
  /** Expires a hosted onboarding session at Increase before its time: its form can no longer be filled in. */
  expireEntityOnboardingSession?: Maybe<ExpireEntityOnboardingSessionPayload>;
  /**
   * Onboards a customer or patient to messaging at Relay. With a `triggerId` the person is sent an SMS.
   * A customer whom Relay knows already is updated.
   */
  onboardCustomer?: Maybe<OnboardCustomerPayload>;
  /** Starts an identity check of a person at Incode. Every call without an idempotency key is a new, paid session. */
  startOnboardingSession?: Maybe<StartOnboardingSessionPayload>;
  /** Sandbox only: what Increase does when a customer submits the form. In production it is refused with `NOT_PERMITTED`. */
  submitEntityOnboardingSession?: Maybe<SubmitEntityOnboardingSessionPayload>;
};


/**
 * What can be done. Give each an `idempotencyKey` of your own, and repeat it with the same key after any failure: it is sent once.
 * An error carries `extensions.outcome`: `NOT_CARRIED_OUT` or `UNKNOWN`. `FORBIDDEN`, `UNAUTHENTICATED` and `BAD_USER_INPUT` have
 * none: by these, the request sent nothing.
 */
export type MutationCompleteOnboardingSessionArgs = {
  input: CompleteOnboardingSessionInput;
};


/**
 * What can be done. Give each an `idempotencyKey` of your own, and repeat it with the same key after any failure: it is sent once.
 * An error carries `extensions.outcome`: `NOT_CARRIED_OUT` or `UNKNOWN`. `FORBIDDEN`, `UNAUTHENTICATED` and `BAD_USER_INPUT` have
 * none: by these, the request sent nothing.
 */
export type MutationCreateEntityOnboardingSessionArgs = {
  input: CreateEntityOnboardingSessionInput;
};


/**
 * What can be done. Give each an `idempotencyKey` of your own, and repeat it with the same key after any failure: it is sent once.
 * An error carries `extensions.outcome`: `NOT_CARRIED_OUT` or `UNKNOWN`. `FORBIDDEN`, `UNAUTHENTICATED` and `BAD_USER_INPUT` have
 * none: by these, the request sent nothing.
 */
export type MutationExpireEntityOnboardingSessionArgs = {
  input: ExpireEntityOnboardingSessionInput;
};


/**
 * What can be done. Give each an `idempotencyKey` of your own, and repeat it with the same key after any failure: it is sent once.
 * An error carries `extensions.outcome`: `NOT_CARRIED_OUT` or `UNKNOWN`. `FORBIDDEN`, `UNAUTHENTICATED` and `BAD_USER_INPUT` have
 * none: by these, the request sent nothing.
 */
export type MutationOnboardCustomerArgs = {
  input: OnboardCustomerInput;
};


/**
 * What can be done. Give each an `idempotencyKey` of your own, and repeat it with the same key after any failure: it is sent once.
 * An error carries `extensions.outcome`: `NOT_CARRIED_OUT` or `UNKNOWN`. `FORBIDDEN`, `UNAUTHENTICATED` and `BAD_USER_INPUT` have
 * none: by these, the request sent nothing.
 */
export type MutationStartOnboardingSessionArgs = {
  input: StartOnboardingSessionInput;
};


/**
 * What can be done. Give each an `idempotencyKey` of your own, and repeat it with the same key after any failure: it is sent once.
 * An error carries `extensions.outcome`: `NOT_CARRIED_OUT` or `UNKNOWN`. `FORBIDDEN`, `UNAUTHENTICATED` and `BAD_USER_INPUT` have
 * none: by these, the request sent nothing.
 */
export type MutationSubmitEntityOnboardingSessionArgs = {
  input: SubmitEntityOnboardingSessionInput;
};

/** A postal address. */
export type OnboardCustomerAddressInput = {
  /** First line, at most 100 characters. */
  address1?: InputMaybe<Scalars['String']['input']>;
  /** Second line, at most 100 characters. */
  address2?: InputMaybe<Scalars['String']['input']>;
  /** City, at most 100 characters. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** Country, 2 or 3 letters. */
  country?: InputMaybe<Scalars['String']['input']>;
  /** Postal code, at most 10 characters. */
  postalCode?: InputMaybe<Scalars['String']['input']>;
  /** State or province, at most 2 characters. */
  stateProvince?: InputMaybe<Scalars['String']['input']>;
};

/** The customer as Relay is told. All of it but the id and the phone numbers is passed through and never stored. */
export type OnboardCustomerDetailsInput = {
  /** Postal addresses. */
  addresses?: InputMaybe<Array<OnboardCustomerAddressInput>>;
  /** Date of birth, from 1900 to today. */
  dateOfBirth?: InputMaybe<Scalars['Date']['input']>;
  /** Free further values (`member_since`, `membership_level`, …). */
  ext?: InputMaybe<Array<RelayParameterInput>>;
  /** First name, at most 100 characters. */
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** One character. */
  gender?: InputMaybe<Scalars['String']['input']>;
  /** The id that your own system gives the customer: Relay's ccid, at most 100 characters. */
  id: Scalars['ID']['input'];
  /** Last name, at most 100 characters. */
  lastName?: InputMaybe<Scalars['String']['input']>;
  /** Middle name, at most 100 characters. */
  middleName?: InputMaybe<Scalars['String']['input']>;
  /** The phone numbers to onboard, each with the consent that the person gave. */
  notificationChannels?: InputMaybe<Array<OnboardCustomerNotificationChannelInput>>;
  /** A second account id, at most 100 characters. */
  secondaryAccountId?: InputMaybe<Scalars['ID']['input']>;
  /** The last digits of the social security number, at most 4. */
  ssnLast4?: InputMaybe<Scalars['String']['input']>;
};

/** What onboards a customer to messaging. */
export type OnboardCustomerInput = {
  /** An asset of the experience, at most 100 characters. */
  assetId?: InputMaybe<Scalars['ID']['input']>;
  /** The Relay client. Default: the one that the service is configured with. */
  clientId?: InputMaybe<Scalars['ID']['input']>;
  /** Your own tag, at most 100 characters. */
  clientMessageTag?: InputMaybe<Scalars['String']['input']>;
  /** The customer. */
  customer: OnboardCustomerDetailsInput;
  /** True drops **all** earlier numbers of the customer. Never assumed. */
  deactivatePreviousConnections?: InputMaybe<Scalars['Boolean']['input']>;
  /** Names this request, 1 to 200 characters: the same key again answers the same result and sends nothing. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** Parameters of the experience; a name that lacks Relay's prefix `input_` gets it. Values have at most 100 characters. */
  inputParameters?: InputMaybe<Array<RelayParameterInput>>;
  /** Who launches it. */
  launchedBy?: InputMaybe<RelayLaunchedByInput>;
  /** Parameters of Relay's powerups; several choices are joined by `;`. A `…_state` has at most 2 characters, a `…_zipcode` at most 10. */
  powerupsParameters?: InputMaybe<Array<RelayParameterInput>>;
  /** The product group, at most 100 characters. */
  productGroupId: Scalars['ID']['input'];
  /** When given, the customer is sent this experience: an SMS. At most 100 characters. */
  triggerId?: InputMaybe<Scalars['ID']['input']>;
};

/** A phone number and the consent to use it. */
export type OnboardCustomerNotificationChannelInput = {
  /** The phone number: 10 or 11 digits and nothing else. */
  channelAddress: Scalars['String']['input'];
  /** The kind of channel. */
  channelType?: InputMaybe<RelayChannelType>;
  /** The consent that the person gave. Never assumed. */
  consentType: RelayConsentType;
  /** The kind of phone, at most 10 characters. */
  phoneType?: InputMaybe<Scalars['String']['input']>;
};

/** What onboarding a customer to messaging answers. */
export type OnboardCustomerPayload = {
  __typename?: 'OnboardCustomerPayload';
  /** The onboarding as Relay accepted it. Null when it was refused. */
  customerOnboard?: Maybe<CustomerOnboard>;
  /** Why it was refused; empty when it was not. */
  userErrors: Array<OnboardingUserError>;
};

/** The providers that this graph stands in front of. */
export type OnboardingProvider =
  /** Identity checks of people. */
  | 'INCODE'
  /** Hosted onboarding of businesses. */
  | 'INCREASE'
  /** Onboarding to messaging. */
  | 'RELAY';

/** How one provider is, as this process has seen it. */
export type OnboardingProviderHealth = {
  __typename?: 'OnboardingProviderHealth';
  /** Which provider. */
  provider: OnboardingProvider;
  /** When it is asked again, in seconds. Null where that is not known, or nothing keeps it from being asked. */
  retryAfterSeconds?: Maybe<Scalars['Int']['output']>;
  /** Since when it is so. Null: since this process started. */
  since?: Maybe<Scalars['DateTime']['output']>;
  /** How it is. */
  state: OnboardingProviderState;
};

/** How a provider is. */
export type OnboardingProviderState =
  /** It answers, as far as is known. */
  | 'AVAILABLE'
  /** Some of what it does fails, and is not asked for until a probe succeeds; the rest is. */
  | 'DEGRADED'
  /** It receives too many requests, and asked to be left alone for a while. */
  | 'THROTTLED'
  /** It fails, and is not asked until a probe succeeds. */
  | 'UNAVAILABLE';

/** An identity check of a person at Incode. */
export type OnboardingSession = {
  __typename?: 'OnboardingSession';
  /** What Incode advises, in its own word (an open set, `approved` for one). Null until completed. */
  action?: Maybe<Scalars['String']['output']>;
  /** When it was completed through this graph. Null until then. */
  completedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The Incode Flow that the person goes through. */
  configurationId: Scalars['ID']['output'];
  /** When it was started through this graph. */
  createdAt: Scalars['DateTime']['output'];
  /** The person, across the providers. Null when the session was started without an `externalCustomerId`. */
  customer?: Maybe<Customer>;
  /** The id that your own system gives the person. */
  externalCustomerId?: Maybe<Scalars['ID']['output']>;
  /** Incode's interviewId. */
  id: Scalars['ID']['output'];
  /** Where to send the person after completion. Null until completed, and when the flow has none. */
  redirectionUrl?: Maybe<Scalars['URL']['output']>;
  /** Incode's verdict. Null until the session is completed. */
  score?: Maybe<OnboardingSessionScore>;
  /** How far the person is. Read from Incode; null when Incode does not know the session. */
  status?: Maybe<OnboardingSessionStatus>;
};

/** A page of identity checks. */
export type OnboardingSessionConnection = {
  __typename?: 'OnboardingSessionConnection';
  /** The sessions with their cursors. */
  edges: Array<OnboardingSessionEdge>;
  /** The sessions alone. */
  nodes: Array<OnboardingSession>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** An identity check in a list. */
export type OnboardingSessionEdge = {
  __typename?: 'OnboardingSessionEdge';
  /** Resumes the list right after this session. */
  cursor: Scalars['String']['output'];
  /** The session. */
  node: OnboardingSession;
};

/** Which identity checks to list. */
export type OnboardingSessionFilter = {
  /** Only those of this customer. */
  externalCustomerId?: InputMaybe<Scalars['ID']['input']>;
};

/** Incode's verdict on a completed identity check. */
export type OnboardingSessionScore = {
  __typename?: 'OnboardingSessionScore';
  /** The verdict. */
  status: OnboardingSessionScoreStatus;
  /** The overall score as Incode writes it, for example `95.4`. */
  value?: Maybe<Scalars['String']['output']>;
};

/** The verdict on an identity check. */
export type OnboardingSessionScoreStatus =
  /** Failed. */
  | 'FAIL'
  /** A reviewer has to decide. */
  | 'MANUAL'
  /** Passed. */
  | 'OK'
  /** None yet, or one that this graph does not know. */
  | 'UNKNOWN'
  /** Passed with warnings. */
  | 'WARN';

/** How far an identity check is. */
export type OnboardingSessionStatus =
  /** The session ended without being completed. */
  | 'EXPIRED'
  /** The face was compared. */
  | 'FACE_VALIDATION_FINISHED'
  /** A government source was asked. */
  | 'GOVERNMENT_VALIDATION_FINISHED'
  /** The identity document was checked. */
  | 'ID_VALIDATION_FINISHED'
  /** The second identity document was checked. */
  | 'ID_VALIDATION_FINISHED_SECOND_ID'
  /** A reviewer approved. */
  | 'MANUAL_REVIEW_APPROVED'
  /** A reviewer rejected. */
  | 'MANUAL_REVIEW_REJECTED'
  /** Completed. Not an approval: the score decides. */
  | 'ONBOARDING_FINISHED'
  /** Incode has processed what was captured. */
  | 'POST_PROCESSING_FINISHED'
  /** Incode's own word: the link was not opened yet. */
  | 'UNKNOWN'
  /** A word of Incode's that this graph does not know yet. */
  | 'UNRECOGNIZED';

/** A refusal that the caller can act on. */
export type OnboardingUserError = {
  __typename?: 'OnboardingUserError';
  /** What kind of refusal it is. */
  code: OnboardingUserErrorCode;
  /** The path to the input that is wrong, beginning with `input`; list positions are numbers. Null when it is about none in particular. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong and what to do, in words for a person. */
  message: Scalars['String']['output'];
};

/** The kind of a refusal. */
export type OnboardingUserErrorCode =
  /** It contradicts something that exists. */
  | 'CONFLICT'
  /** The idempotency key was used with other arguments. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** An input breaks a rule. */
  | 'INVALID_INPUT'
  /** The thing is in a state that does not allow it: for example expiring a session that has expired. */
  | 'INVALID_STATE'
  /** The same idempotency key is being carried out right now. */
  | 'IN_PROGRESS'
  /** What the input names does not exist. */
  | 'NOT_FOUND'
  /** It is not allowed here: for example a sandbox operation in production. */
  | 'NOT_PERMITTED'
  /** It was sent and no answer came: it may have happened. */
  | 'OUTCOME_UNKNOWN';

/** Where a page stands in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** The cursor of the last edge; null when there is none. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more follows. */
  hasNextPage: Scalars['Boolean']['output'];
  /** True when the page was asked for with the cursor of an edge. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first edge; null when there is none. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** What can be asked. Everything here may be asked again, and changes nothing. */
export type Query = {
  __typename?: 'Query';
  /**
   * One onboarding of a customer to messaging (Relay), by the id that this graph gave it.
   * From the store: Relay keeps no record that can be asked for. Null when there is none.
   */
  customerOnboard?: Maybe<CustomerOnboard>;
  /** The onboardings to messaging (Relay) that were accepted through this graph, newest first. */
  customerOnboards?: Maybe<CustomerOnboardConnection>;
  /** One hosted onboarding of a business or account holder (Increase). Null when Increase knows no such session. */
  entityOnboardingSession?: Maybe<EntityOnboardingSession>;
  /** The hosted onboarding sessions at Increase, in Increase's order. */
  entityOnboardingSessions?: Maybe<EntityOnboardingSessionConnection>;
  /**
   * Everything of one customer, under the id that your own system gives them. Never null for a well-formed id: whoever has
   * nothing here yet has empty lists.
   */
  onboardingCustomer?: Maybe<Customer>;
  /**
   * How the providers are, as this process has seen them: from memory, none is asked. For an application that greys out what
   * cannot be done at the moment.
   */
  onboardingProviders?: Maybe<Array<OnboardingProviderHealth>>;
  /**
   * One identity check of a person (Incode), by Incode's interviewId. From the store; its status is read from Incode.
   * Null when no such session was started through this graph.
   */
  onboardingSession?: Maybe<OnboardingSession>;
  /** The identity checks (Incode) that were started through this graph, newest first. */
  onboardingSessions?: Maybe<OnboardingSessionConnection>;
};


/** What can be asked. Everything here may be asked again, and changes nothing. */
export type QueryCustomerOnboardArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Everything here may be asked again, and changes nothing. */
export type QueryCustomerOnboardsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CustomerOnboardFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked. Everything here may be asked again, and changes nothing. */
export type QueryEntityOnboardingSessionArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Everything here may be asked again, and changes nothing. */
export type QueryEntityOnboardingSessionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EntityOnboardingSessionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be asked. Everything here may be asked again, and changes nothing. */
export type QueryOnboardingCustomerArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Everything here may be asked again, and changes nothing. */
export type QueryOnboardingSessionArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Everything here may be asked again, and changes nothing. */
export type QueryOnboardingSessionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OnboardingSessionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** The kind of channel. */
export type RelayChannelType =
  /** A text message. */
  | 'SMS';

/** The consent that a person gave. */
export type RelayConsentType =
  /** Expressly, for example by word of mouth. */
  | 'EXPRESS'
  /** Taken back: an opt-out. */
  | 'STOP'
  /** In writing. */
  | 'WRITTEN';

/** Who launches an onboarding. */
export type RelayLaunchedByInput = {
  /** The name, at most 255 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The source, at most 255 characters. */
  source?: InputMaybe<Scalars['String']['input']>;
};

/** What Relay found out about one phone number. */
export type RelayMobileAnalysisResult = {
  __typename?: 'RelayMobileAnalysisResult';
  /** The number, with 11 digits even when it was given with 10. */
  phoneNumber?: Maybe<Scalars['String']['output']>;
  /** Relay's word (an open set, `landline` for one). */
  result: Scalars['String']['output'];
};

/** A named value. */
export type RelayParameterInput = {
  /** The name; each name once. */
  name: Scalars['String']['input'];
  /** The value. */
  value: Scalars['String']['input'];
};

/** One custom field of an Incode Flow. */
export type StartOnboardingSessionCustomFieldInput = {
  /** The field's name in the flow. */
  name: Scalars['String']['input'];
  /** Its value. */
  value: Scalars['String']['input'];
};

/** What starts an identity check. */
export type StartOnboardingSessionInput = {
  /** The Incode Flow. Default: the one that the service is configured with. */
  configurationId?: InputMaybe<Scalars['ID']['input']>;
  /** `ALL`, or an ISO 3166 code of two or three letters. */
  countryCode?: InputMaybe<Scalars['String']['input']>;
  /** Values of the flow's custom fields; each name once. */
  customFields?: InputMaybe<Array<StartOnboardingSessionCustomFieldInput>>;
  /** The id that your own system gives the person. */
  externalCustomerId?: InputMaybe<Scalars['ID']['input']>;
  /** Names this request, 1 to 200 characters: the same key again answers the same result and sends nothing. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
  /** The language of the flow, as a language tag: `en`, `en-US`, `es-419` and the like. Incode decides which it has. */
  language?: InputMaybe<Scalars['String']['input']>;
  /** Where the person goes after completion: an absolute http(s) URL. */
  redirectionUrl?: InputMaybe<Scalars['URL']['input']>;
};

/** What starting an identity check answers. */
export type StartOnboardingSessionPayload = {
  __typename?: 'StartOnboardingSessionPayload';
  /** The session. Null when it was refused. */
  onboardingSession?: Maybe<OnboardingSession>;
  /** The session's token for Incode's SDK. A credential: it is answered here and nowhere else in the graph, so keep it. */
  sessionToken?: Maybe<Scalars['String']['output']>;
  /** Why it was refused; empty when it was not. */
  userErrors: Array<OnboardingUserError>;
};

/** What submits a hosted onboarding session in the sandbox. */
export type SubmitEntityOnboardingSessionInput = {
  /** The session: `entity_onboarding_session_…`. It must be `ACTIVE`. */
  id: Scalars['ID']['input'];
  /** Names this request, 1 to 200 characters: the same key again answers the session as it is, and sends nothing. */
  idempotencyKey?: InputMaybe<Scalars['ID']['input']>;
};

/** What submitting a hosted onboarding session answers. */
export type SubmitEntityOnboardingSessionPayload = {
  __typename?: 'SubmitEntityOnboardingSessionPayload';
  /** The session. Null when it was refused. */
  entityOnboardingSession?: Maybe<EntityOnboardingSession>;
  /** Why it was refused; empty when it was not. */
  userErrors: Array<OnboardingUserError>;
};

export type WithIndex<TObject> = TObject & Record<string, any>;
export type ResolversObject<TObject> = WithIndex<TObject>;

export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = ResolversObject<{
  Customer: Customer;
  CustomerOnboard: CustomerOnboard;
  EntityOnboardingSession: EntityOnboardingSession;
  IncreaseEntity: IncreaseEntity;
  IncreaseProgram: IncreaseProgram;
  OnboardingSession: OnboardingSession;
}>;

/** Mapping of federation reference types */
export type FederationReferenceTypes = ResolversObject<{
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  CustomerOnboard:
    ( { __typename: 'CustomerOnboard' }
    & GraphQLRecursivePick<FederationTypes['CustomerOnboard'], {"id":true}> );
  EntityOnboardingSession:
    ( { __typename: 'EntityOnboardingSession' }
    & GraphQLRecursivePick<FederationTypes['EntityOnboardingSession'], {"id":true}> );
  IncreaseEntity:
    ( { __typename: 'IncreaseEntity' }
    & GraphQLRecursivePick<FederationTypes['IncreaseEntity'], {"id":true}> );
  IncreaseProgram:
    ( { __typename: 'IncreaseProgram' }
    & GraphQLRecursivePick<FederationTypes['IncreaseProgram'], {"id":true}> );
  OnboardingSession:
    ( { __typename: 'OnboardingSession' }
    & GraphQLRecursivePick<FederationTypes['OnboardingSession'], {"id":true}> );
}>;



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = ResolversObject<{
  CompleteOnboardingSessionInput: CompleteOnboardingSessionInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CompleteOnboardingSessionPayload: ResolverTypeWrapper<Omit<CompleteOnboardingSessionPayload, 'onboardingSession'> & { onboardingSession?: Maybe<ResolversTypes['OnboardingSession']> }>;
  CreateEntityOnboardingSessionInput: CreateEntityOnboardingSessionInput;
  CreateEntityOnboardingSessionPayload: ResolverTypeWrapper<Omit<CreateEntityOnboardingSessionPayload, 'entityOnboardingSession'> & { entityOnboardingSession?: Maybe<ResolversTypes['EntityOnboardingSession']> }>;
  Customer: ResolverTypeWrapper<CustomerParent>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  CustomerOnboard: ResolverTypeWrapper<CustomerOnboardParent>;
  CustomerOnboardConnection: ResolverTypeWrapper<Omit<CustomerOnboardConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['CustomerOnboardEdge']>, nodes: Array<ResolversTypes['CustomerOnboard']> }>;
  CustomerOnboardEdge: ResolverTypeWrapper<Omit<CustomerOnboardEdge, 'node'> & { node: ResolversTypes['CustomerOnboard'] }>;
  CustomerOnboardFilter: CustomerOnboardFilter;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EntityOnboardingSession: ResolverTypeWrapper<EntityOnboardingSessionParent>;
  EntityOnboardingSessionConnection: ResolverTypeWrapper<Omit<EntityOnboardingSessionConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['EntityOnboardingSessionEdge']>, nodes: Array<ResolversTypes['EntityOnboardingSession']> }>;
  EntityOnboardingSessionEdge: ResolverTypeWrapper<Omit<EntityOnboardingSessionEdge, 'node'> & { node: ResolversTypes['EntityOnboardingSession'] }>;
  EntityOnboardingSessionFilter: EntityOnboardingSessionFilter;
  EntityOnboardingSessionStatus: EntityOnboardingSessionStatus;
  ExpireEntityOnboardingSessionInput: ExpireEntityOnboardingSessionInput;
  ExpireEntityOnboardingSessionPayload: ResolverTypeWrapper<Omit<ExpireEntityOnboardingSessionPayload, 'entityOnboardingSession'> & { entityOnboardingSession?: Maybe<ResolversTypes['EntityOnboardingSession']> }>;
  IncreaseEntity: ResolverTypeWrapper<Mention>;
  IncreaseEntityStatus: IncreaseEntityStatus;
  IncreaseEntityStructure: IncreaseEntityStructure;
  IncreaseEntityValidationStatus: IncreaseEntityValidationStatus;
  IncreaseProgram: ResolverTypeWrapper<Mention>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  OnboardCustomerAddressInput: OnboardCustomerAddressInput;
  OnboardCustomerDetailsInput: OnboardCustomerDetailsInput;
  OnboardCustomerInput: OnboardCustomerInput;
  OnboardCustomerNotificationChannelInput: OnboardCustomerNotificationChannelInput;
  OnboardCustomerPayload: ResolverTypeWrapper<Omit<OnboardCustomerPayload, 'customerOnboard'> & { customerOnboard?: Maybe<ResolversTypes['CustomerOnboard']> }>;
  OnboardingCacheScope: ResolverTypeWrapper<Scalars['OnboardingCacheScope']['output']>;
  OnboardingProvider: OnboardingProvider;
  OnboardingProviderHealth: ResolverTypeWrapper<ProviderHealth>;
  OnboardingProviderState: OnboardingProviderState;
  OnboardingSession: ResolverTypeWrapper<OnboardingSessionParent>;
  OnboardingSessionConnection: ResolverTypeWrapper<Omit<OnboardingSessionConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['OnboardingSessionEdge']>, nodes: Array<ResolversTypes['OnboardingSession']> }>;
  OnboardingSessionEdge: ResolverTypeWrapper<Omit<OnboardingSessionEdge, 'node'> & { node: ResolversTypes['OnboardingSession'] }>;
  OnboardingSessionFilter: OnboardingSessionFilter;
  OnboardingSessionScore: ResolverTypeWrapper<OnboardingSessionScore>;
  OnboardingSessionScoreStatus: OnboardingSessionScoreStatus;
  OnboardingSessionStatus: OnboardingSessionStatus;
  OnboardingUserError: ResolverTypeWrapper<OnboardingUserError>;
  OnboardingUserErrorCode: OnboardingUserErrorCode;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RelayChannelType: RelayChannelType;
  RelayConsentType: RelayConsentType;
  RelayLaunchedByInput: RelayLaunchedByInput;
  RelayMobileAnalysisResult: ResolverTypeWrapper<RelayMobileAnalysisResult>;
  RelayParameterInput: RelayParameterInput;
  StartOnboardingSessionCustomFieldInput: StartOnboardingSessionCustomFieldInput;
  StartOnboardingSessionInput: StartOnboardingSessionInput;
  StartOnboardingSessionPayload: ResolverTypeWrapper<Omit<StartOnboardingSessionPayload, 'onboardingSession'> & { onboardingSession?: Maybe<ResolversTypes['OnboardingSession']> }>;
  SubmitEntityOnboardingSessionInput: SubmitEntityOnboardingSessionInput;
  SubmitEntityOnboardingSessionPayload: ResolverTypeWrapper<Omit<SubmitEntityOnboardingSessionPayload, 'entityOnboardingSession'> & { entityOnboardingSession?: Maybe<ResolversTypes['EntityOnboardingSession']> }>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
}>;

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = ResolversObject<{
  CompleteOnboardingSessionInput: CompleteOnboardingSessionInput;
  ID: Scalars['ID']['output'];
  CompleteOnboardingSessionPayload: Omit<CompleteOnboardingSessionPayload, 'onboardingSession'> & { onboardingSession?: Maybe<ResolversParentTypes['OnboardingSession']> };
  CreateEntityOnboardingSessionInput: CreateEntityOnboardingSessionInput;
  CreateEntityOnboardingSessionPayload: Omit<CreateEntityOnboardingSessionPayload, 'entityOnboardingSession'> & { entityOnboardingSession?: Maybe<ResolversParentTypes['EntityOnboardingSession']> };
  Customer: CustomerParent;
  String: Scalars['String']['output'];
  CustomerOnboard: CustomerOnboardParent;
  CustomerOnboardConnection: Omit<CustomerOnboardConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['CustomerOnboardEdge']>, nodes: Array<ResolversParentTypes['CustomerOnboard']> };
  CustomerOnboardEdge: Omit<CustomerOnboardEdge, 'node'> & { node: ResolversParentTypes['CustomerOnboard'] };
  CustomerOnboardFilter: CustomerOnboardFilter;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  EntityOnboardingSession: EntityOnboardingSessionParent;
  EntityOnboardingSessionConnection: Omit<EntityOnboardingSessionConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['EntityOnboardingSessionEdge']>, nodes: Array<ResolversParentTypes['EntityOnboardingSession']> };
  EntityOnboardingSessionEdge: Omit<EntityOnboardingSessionEdge, 'node'> & { node: ResolversParentTypes['EntityOnboardingSession'] };
  EntityOnboardingSessionFilter: EntityOnboardingSessionFilter;
  ExpireEntityOnboardingSessionInput: ExpireEntityOnboardingSessionInput;
  ExpireEntityOnboardingSessionPayload: Omit<ExpireEntityOnboardingSessionPayload, 'entityOnboardingSession'> & { entityOnboardingSession?: Maybe<ResolversParentTypes['EntityOnboardingSession']> };
  IncreaseEntity: Mention;
  IncreaseProgram: Mention;
  Mutation: Record<PropertyKey, never>;
  OnboardCustomerAddressInput: OnboardCustomerAddressInput;
  OnboardCustomerDetailsInput: OnboardCustomerDetailsInput;
  OnboardCustomerInput: OnboardCustomerInput;
  OnboardCustomerNotificationChannelInput: OnboardCustomerNotificationChannelInput;
  OnboardCustomerPayload: Omit<OnboardCustomerPayload, 'customerOnboard'> & { customerOnboard?: Maybe<ResolversParentTypes['CustomerOnboard']> };
  OnboardingCacheScope: Scalars['OnboardingCacheScope']['output'];
  OnboardingProviderHealth: ProviderHealth;
  OnboardingSession: OnboardingSessionParent;
  OnboardingSessionConnection: Omit<OnboardingSessionConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['OnboardingSessionEdge']>, nodes: Array<ResolversParentTypes['OnboardingSession']> };
  OnboardingSessionEdge: Omit<OnboardingSessionEdge, 'node'> & { node: ResolversParentTypes['OnboardingSession'] };
  OnboardingSessionFilter: OnboardingSessionFilter;
  OnboardingSessionScore: OnboardingSessionScore;
  OnboardingUserError: OnboardingUserError;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  RelayLaunchedByInput: RelayLaunchedByInput;
  RelayMobileAnalysisResult: RelayMobileAnalysisResult;
  RelayParameterInput: RelayParameterInput;
  StartOnboardingSessionCustomFieldInput: StartOnboardingSessionCustomFieldInput;
  StartOnboardingSessionInput: StartOnboardingSessionInput;
  StartOnboardingSessionPayload: Omit<StartOnboardingSessionPayload, 'onboardingSession'> & { onboardingSession?: Maybe<ResolversParentTypes['OnboardingSession']> };
  SubmitEntityOnboardingSessionInput: SubmitEntityOnboardingSessionInput;
  SubmitEntityOnboardingSessionPayload: Omit<SubmitEntityOnboardingSessionPayload, 'entityOnboardingSession'> & { entityOnboardingSession?: Maybe<ResolversParentTypes['EntityOnboardingSession']> };
  URL: Scalars['URL']['output'];
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
}>;

export type CacheControlDirectiveArgs = {
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
  maxAge?: Maybe<Scalars['Int']['input']>;
  scope?: Maybe<Scalars['OnboardingCacheScope']['input']>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CompleteOnboardingSessionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompleteOnboardingSessionPayload'] = ResolversParentTypes['CompleteOnboardingSessionPayload']> = ResolversObject<{
  onboardingSession?: Resolver<Maybe<ResolversTypes['OnboardingSession']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['OnboardingUserError']>, ParentType, ContextType>;
}>;

export type CreateEntityOnboardingSessionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateEntityOnboardingSessionPayload'] = ResolversParentTypes['CreateEntityOnboardingSessionPayload']> = ResolversObject<{
  entityOnboardingSession?: Resolver<Maybe<ResolversTypes['EntityOnboardingSession']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['OnboardingUserError']>, ParentType, ContextType>;
}>;

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  customerOnboards?: Resolver<Maybe<ResolversTypes['CustomerOnboardConnection']>, ParentType, ContextType, RequireFields<CustomerCustomerOnboardsArgs, 'first'>>;
  entityOnboardingSessions?: Resolver<Maybe<ResolversTypes['EntityOnboardingSessionConnection']>, ParentType, ContextType, RequireFields<CustomerEntityOnboardingSessionsArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  onboardingSessions?: Resolver<Maybe<ResolversTypes['OnboardingSessionConnection']>, ParentType, ContextType, RequireFields<CustomerOnboardingSessionsArgs, 'first'>>;
}>;

export type CustomerOnboardResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerOnboard'] = ResolversParentTypes['CustomerOnboard'], FederationReferenceType extends FederationReferenceTypes['CustomerOnboard'] = FederationReferenceTypes['CustomerOnboard']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CustomerOnboard']> | FederationReferenceType, FederationReferenceType, ContextType>;
  clientId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  clientMessageTag?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mobileAnalysisResults?: Resolver<Maybe<Array<ResolversTypes['RelayMobileAnalysisResult']>>, ParentType, ContextType>;
  productGroupId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  triggerId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
}>;

export type CustomerOnboardConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerOnboardConnection'] = ResolversParentTypes['CustomerOnboardConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['CustomerOnboardEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['CustomerOnboard']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
}>;

export type CustomerOnboardEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerOnboardEdge'] = ResolversParentTypes['CustomerOnboardEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CustomerOnboard'], ParentType, ContextType>;
}>;

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type EntityOnboardingSessionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EntityOnboardingSession'] = ResolversParentTypes['EntityOnboardingSession'], FederationReferenceType extends FederationReferenceTypes['EntityOnboardingSession'] = FederationReferenceTypes['EntityOnboardingSession']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['EntityOnboardingSession']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  entity?: Resolver<Maybe<ResolversTypes['IncreaseEntity']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  idempotencyKey?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  program?: Resolver<ResolversTypes['IncreaseProgram'], ParentType, ContextType>;
  redirectUrl?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  sessionUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['EntityOnboardingSessionStatus'], ParentType, ContextType>;
  submitted?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
}>;

export type EntityOnboardingSessionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EntityOnboardingSessionConnection'] = ResolversParentTypes['EntityOnboardingSessionConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['EntityOnboardingSessionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['EntityOnboardingSession']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
}>;

export type EntityOnboardingSessionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EntityOnboardingSessionEdge'] = ResolversParentTypes['EntityOnboardingSessionEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['EntityOnboardingSession'], ParentType, ContextType>;
}>;

export type ExpireEntityOnboardingSessionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExpireEntityOnboardingSessionPayload'] = ResolversParentTypes['ExpireEntityOnboardingSessionPayload']> = ResolversObject<{
  entityOnboardingSession?: Resolver<Maybe<ResolversTypes['EntityOnboardingSession']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['OnboardingUserError']>, ParentType, ContextType>;
}>;

export type IncreaseEntityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IncreaseEntity'] = ResolversParentTypes['IncreaseEntity'], FederationReferenceType extends FederationReferenceTypes['IncreaseEntity'] = FederationReferenceTypes['IncreaseEntity']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['IncreaseEntity']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  creatingSession?: Resolver<Maybe<ResolversTypes['EntityOnboardingSession']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['IncreaseEntityStatus']>, ParentType, ContextType>;
  structure?: Resolver<Maybe<ResolversTypes['IncreaseEntityStructure']>, ParentType, ContextType>;
  validationStatus?: Resolver<Maybe<ResolversTypes['IncreaseEntityValidationStatus']>, ParentType, ContextType>;
}>;

export type IncreaseProgramResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IncreaseProgram'] = ResolversParentTypes['IncreaseProgram'], FederationReferenceType extends FederationReferenceTypes['IncreaseProgram'] = FederationReferenceTypes['IncreaseProgram']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['IncreaseProgram']> | FederationReferenceType, FederationReferenceType, ContextType>;
  bank?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
}>;

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = ResolversObject<{
  completeOnboardingSession?: Resolver<Maybe<ResolversTypes['CompleteOnboardingSessionPayload']>, ParentType, ContextType, RequireFields<MutationCompleteOnboardingSessionArgs, 'input'>>;
  createEntityOnboardingSession?: Resolver<Maybe<ResolversTypes['CreateEntityOnboardingSessionPayload']>, ParentType, ContextType, RequireFields<MutationCreateEntityOnboardingSessionArgs, 'input'>>;
  expireEntityOnboardingSession?: Resolver<Maybe<ResolversTypes['ExpireEntityOnboardingSessionPayload']>, ParentType, ContextType, RequireFields<MutationExpireEntityOnboardingSessionArgs, 'input'>>;
  onboardCustomer?: Resolver<Maybe<ResolversTypes['OnboardCustomerPayload']>, ParentType, ContextType, RequireFields<MutationOnboardCustomerArgs, 'input'>>;
  startOnboardingSession?: Resolver<Maybe<ResolversTypes['StartOnboardingSessionPayload']>, ParentType, ContextType, RequireFields<MutationStartOnboardingSessionArgs, 'input'>>;
  submitEntityOnboardingSession?: Resolver<Maybe<ResolversTypes['SubmitEntityOnboardingSessionPayload']>, ParentType, ContextType, RequireFields<MutationSubmitEntityOnboardingSessionArgs, 'input'>>;
}>;

export type OnboardCustomerPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OnboardCustomerPayload'] = ResolversParentTypes['OnboardCustomerPayload']> = ResolversObject<{
  customerOnboard?: Resolver<Maybe<ResolversTypes['CustomerOnboard']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['OnboardingUserError']>, ParentType, ContextType>;
}>;

export interface OnboardingCacheScopeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['OnboardingCacheScope'], any> {
  name: 'OnboardingCacheScope';
}

export type OnboardingProviderHealthResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OnboardingProviderHealth'] = ResolversParentTypes['OnboardingProviderHealth']> = ResolversObject<{
  provider?: Resolver<ResolversTypes['OnboardingProvider'], ParentType, ContextType>;
  retryAfterSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['OnboardingProviderState'], ParentType, ContextType>;
}>;

export type OnboardingSessionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OnboardingSession'] = ResolversParentTypes['OnboardingSession'], FederationReferenceType extends FederationReferenceTypes['OnboardingSession'] = FederationReferenceTypes['OnboardingSession']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['OnboardingSession']> | FederationReferenceType, FederationReferenceType, ContextType>;
  action?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  configurationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  externalCustomerId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  redirectionUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  score?: Resolver<Maybe<ResolversTypes['OnboardingSessionScore']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['OnboardingSessionStatus']>, ParentType, ContextType>;
}>;

export type OnboardingSessionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OnboardingSessionConnection'] = ResolversParentTypes['OnboardingSessionConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['OnboardingSessionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['OnboardingSession']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
}>;

export type OnboardingSessionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OnboardingSessionEdge'] = ResolversParentTypes['OnboardingSessionEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['OnboardingSession'], ParentType, ContextType>;
}>;

export type OnboardingSessionScoreResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OnboardingSessionScore'] = ResolversParentTypes['OnboardingSessionScore']> = ResolversObject<{
  status?: Resolver<ResolversTypes['OnboardingSessionScoreStatus'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type OnboardingUserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OnboardingUserError'] = ResolversParentTypes['OnboardingUserError']> = ResolversObject<{
  code?: Resolver<ResolversTypes['OnboardingUserErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = ResolversObject<{
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = ResolversObject<{
  customerOnboard?: Resolver<Maybe<ResolversTypes['CustomerOnboard']>, ParentType, ContextType, RequireFields<QueryCustomerOnboardArgs, 'id'>>;
  customerOnboards?: Resolver<Maybe<ResolversTypes['CustomerOnboardConnection']>, ParentType, ContextType, RequireFields<QueryCustomerOnboardsArgs, 'first'>>;
  entityOnboardingSession?: Resolver<Maybe<ResolversTypes['EntityOnboardingSession']>, ParentType, ContextType, RequireFields<QueryEntityOnboardingSessionArgs, 'id'>>;
  entityOnboardingSessions?: Resolver<Maybe<ResolversTypes['EntityOnboardingSessionConnection']>, ParentType, ContextType, RequireFields<QueryEntityOnboardingSessionsArgs, 'first'>>;
  onboardingCustomer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryOnboardingCustomerArgs, 'id'>>;
  onboardingProviders?: Resolver<Maybe<Array<ResolversTypes['OnboardingProviderHealth']>>, ParentType, ContextType>;
  onboardingSession?: Resolver<Maybe<ResolversTypes['OnboardingSession']>, ParentType, ContextType, RequireFields<QueryOnboardingSessionArgs, 'id'>>;
  onboardingSessions?: Resolver<Maybe<ResolversTypes['OnboardingSessionConnection']>, ParentType, ContextType, RequireFields<QueryOnboardingSessionsArgs, 'first'>>;
}>;

export type RelayMobileAnalysisResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RelayMobileAnalysisResult'] = ResolversParentTypes['RelayMobileAnalysisResult']> = ResolversObject<{
  phoneNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  result?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type StartOnboardingSessionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StartOnboardingSessionPayload'] = ResolversParentTypes['StartOnboardingSessionPayload']> = ResolversObject<{
  onboardingSession?: Resolver<Maybe<ResolversTypes['OnboardingSession']>, ParentType, ContextType>;
  sessionToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['OnboardingUserError']>, ParentType, ContextType>;
}>;

export type SubmitEntityOnboardingSessionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SubmitEntityOnboardingSessionPayload'] = ResolversParentTypes['SubmitEntityOnboardingSessionPayload']> = ResolversObject<{
  entityOnboardingSession?: Resolver<Maybe<ResolversTypes['EntityOnboardingSession']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['OnboardingUserError']>, ParentType, ContextType>;
}>;

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type Resolvers<ContextType = Context> = ResolversObject<{
  CompleteOnboardingSessionPayload?: CompleteOnboardingSessionPayloadResolvers<ContextType>;
  CreateEntityOnboardingSessionPayload?: CreateEntityOnboardingSessionPayloadResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  CustomerOnboard?: CustomerOnboardResolvers<ContextType>;
  CustomerOnboardConnection?: CustomerOnboardConnectionResolvers<ContextType>;
  CustomerOnboardEdge?: CustomerOnboardEdgeResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  EntityOnboardingSession?: EntityOnboardingSessionResolvers<ContextType>;
  EntityOnboardingSessionConnection?: EntityOnboardingSessionConnectionResolvers<ContextType>;
  EntityOnboardingSessionEdge?: EntityOnboardingSessionEdgeResolvers<ContextType>;
  ExpireEntityOnboardingSessionPayload?: ExpireEntityOnboardingSessionPayloadResolvers<ContextType>;
  IncreaseEntity?: IncreaseEntityResolvers<ContextType>;
  IncreaseProgram?: IncreaseProgramResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  OnboardCustomerPayload?: OnboardCustomerPayloadResolvers<ContextType>;
  OnboardingCacheScope?: GraphQLScalarType;
  OnboardingProviderHealth?: OnboardingProviderHealthResolvers<ContextType>;
  OnboardingSession?: OnboardingSessionResolvers<ContextType>;
  OnboardingSessionConnection?: OnboardingSessionConnectionResolvers<ContextType>;
  OnboardingSessionEdge?: OnboardingSessionEdgeResolvers<ContextType>;
  OnboardingSessionScore?: OnboardingSessionScoreResolvers<ContextType>;
  OnboardingUserError?: OnboardingUserErrorResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RelayMobileAnalysisResult?: RelayMobileAnalysisResultResolvers<ContextType>;
  StartOnboardingSessionPayload?: StartOnboardingSessionPayloadResolvers<ContextType>;
  SubmitEntityOnboardingSessionPayload?: SubmitEntityOnboardingSessionPayloadResolvers<ContextType>;
  URL?: GraphQLScalarType;
}>;

export type DirectiveResolvers<ContextType = Context> = ResolversObject<{
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
}>;
