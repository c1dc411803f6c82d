/**
 * Names that subgraphs of other teams use: of tutorials and public graphs, of the conventions of connections, errors and scalar
 * libraries, and of what a bank, a clinic or a shop has. None of them may be ours, but for what is shared on purpose, which is
 * not among them: `Customer`, `PageInfo`, `Date`, `DateTime` and `URL`.
 */
export const COMMON_NAMES = {
  types: words(`
    User Account Profile Person Organization Organisation Company Business Team Group Member Membership Role
    Permission Scope Session Token Credential Client Application App Device Tenant Workspace Project Program
    Programme Plan Subscriber Entity Party Contact Lead Deal Opportunity Campaign Audience Segment Journey
    Experience Address PhoneNumber EmailAddressRecord Location Geolocation Coordinates Country Region State City
    Store Branch Bank Product ProductVariant Variant Category Collection Brand Catalog Inventory Warehouse Order
    OrderLine OrderItem LineItem Cart CartLine Checkout Basket Payment PaymentMethod PaymentIntent Charge Refund
    Payout Transfer Transaction Balance Ledger Card Invoice InvoiceLine Price Money MoneyV2 Currency Discount
    Coupon Promotion Tax Shipment Delivery Fulfillment Review Rating Comment Post Article Author Book Movie
    Image Media Video File Attachment Document Asset Thumbnail Event EventLog Activity Audit AuditLog LogEntry
    History Change Notification NotificationChannel Channel Message Conversation Thread Email Sms Template
    Webhook Alert Reminder Task Job Step Stage Process Workflow Flow Verification VerificationResult
    IdentityCheck Identity IdentityDocument Kyc KycCheck Screening Applicant Beneficiary BeneficialOwner Owner
    Agreement Contract Consent ConsentRecord Terms Policy Claim Patient Provider Appointment Score Result
    Outcome Error UserError UserErrors ValidationError FieldError MutationError Success Failure Response Payload
    Status StatusInfo Health Version Service Viewer Me Settings Preferences Config Configuration Feature
    FeatureFlag Metadata Attribute Property Option Tag Label CustomField Parameter KeyValue Link Edge Connection
    Page Pagination PageData Cursor Count Statistic Metric Report Dashboard Search SearchResult Facet Filter
    UserConnection UserEdge ProductConnection ProductEdge OrderConnection OrderEdge AccountConnection
    AccountEdge CustomerConnection CustomerEdge EntityConnection EntityEdge EventConnection EventEdge
    ProgramConnection ProgramEdge SessionConnection SessionEdge Onboarding OnboardingStep MobileAnalysisResult
  `),
  inputs: words(`
    AddressInput MailingAddressInput PersonInput UserInput CustomerInput CustomerFilter AccountInput
    ContactInput CompanyInput OrganizationInput EntityInput EntityFilter ProgramInput ProgramFilter SessionInput
    SessionFilter EventInput EventFilter CreateUserInput UpdateUserInput DeleteUserInput CreateAccountInput
    CreateCustomerInput UpdateCustomerInput DeleteCustomerInput CreateSessionInput CreateEntityInput
    UpdateEntityInput LoginInput SignUpInput PaginationInput PageInput SortInput OrderByInput FilterInput
    SearchInput StringFilter StringFilterInput IDFilter IntFilter DateFilter DateRangeInput StatusFilter
    MoneyInput PriceInput ProductInput ProductFilter OrderInput OrderFilter CartLineInput PaymentInput
    MetadataInput AttributeInput KeyValueInput ParameterInput CustomFieldInput TagInput FileInput ImageInput
    NotificationInput NotificationChannelInput ChannelInput MessageInput SendMessageInput ConsentInput
    PhoneNumberInput EmailInput LocationInput CoordinatesInput LaunchedByInput SettingsInput WebhookInput
    ReviewInput CustomerDetailsInput
  `),
  enums: words(`
    EntityStatus EntityType EntityStructure EntityValidationStatus UserStatus UserRole AccountStatus AccountType
    SessionStatus OrderStatus PaymentStatus TransactionStatus TransactionType SortOrder SortDirection
    OrderDirection OrderBy SortKey ErrorCode UserErrorCode UserErrorType Severity Priority Level Environment
    Locale Language LanguageCode CountryCode CurrencyCode TimeZone DayOfWeek Month Unit WeightUnit LengthUnit
    Gender MaritalStatus ChannelType ConsentType ContactType PhoneType AddressType DocumentType NotificationType
    MessageStatus MessageType EventType EventKind ProviderType ProviderStatus ProviderState VerificationStatus
    ValidationStatus ReviewStatus Decision RiskLevel OnboardingStatus OnboardingState OnboardingScoreStatus
    ScoreStatus JobStatus TaskStatus DeliveryStatus ConsentStatus Visibility Frequency Interval Platform
    OperatingSystem HttpMethod
  `),
  interfaces: words(`
    Node Actor Entry Item Resource Timestamped Auditable HasMetadata Displayable Described Named Content
    Searchable MutationResponse MutationPayload BaseError UserErrorInterface DisplayableError BaseEvent
    DomainEvent Notifiable Archivable Deletable Ownable Identifiable Translatable Commentable Reactable
    ConnectionInterface EdgeInterface
  `),
  unions: words(`
    SearchResultItem PaymentResult LoginResult CreateUserResult UserResult EntityResult Subject Target
    EventPayload TimelineItem ActorUnion
  `),
  scalars: words(`
    JSON JSONObject Json Any Void Object Map BigInt BigDecimal Decimal Long Short Byte Float64 Int64 UUID GUID
    ULID ObjectID Cuid Time Timestamp LocalDate LocalTime LocalDateTime OffsetDateTime Instant Duration
    ISO8601Date ISO8601DateTime UtcOffset Timestamptz Numeric EmailAddress URI Url HTML Markdown Upload Base64
    Binary Color HexColorCode IP IPv4 IPv6 Port JWT PostalCode SSN SemVer NonEmptyString PositiveInt
    NonNegativeInt Latitude Longitude CacheScope
  `),
  queries: words(`
    user users me viewer node nodes account accounts profile person people organization organizations company
    companies team teams customer customers customerById entity entities program programs session sessions
    currentSession event events product products category categories order orders cart checkout payment payments
    transaction transactions balance card invoice invoices review reviews post posts article articles book books
    author authors file files document documents notification notifications message messages channel channels
    task tasks job jobs workflow workflows application applications applicant verification verifications
    onboarding onboardings onboardingStatus search autocomplete status health healthcheck ping version info
    settings config features flags hello now provider providers contract contracts consent consents address
    addresses country countries location locations
  `),
  mutations: words(`
    login logout signUp signIn register refreshToken createUser updateUser deleteUser createAccount
    updateAccount closeAccount createCustomer updateCustomer deleteCustomer createEntity updateEntity
    archiveEntity createProgram createSession startSession endSession completeSession expireSession
    submitSession createOrder cancelOrder addToCart checkoutCart createPayment capturePayment refundPayment
    sendMessage sendNotification createContact updateContact subscribe unsubscribe updateConsent giveConsent
    revokeConsent uploadFile deleteFile createDocument startVerification completeVerification startOnboarding
    completeOnboarding submitOnboarding onboardUser createReview likePost publish archive restore updateSettings
    createWebhook deleteWebhook
  `),
  subscriptions: words(`
    userUpdated orderUpdated messageAdded messageReceived notificationReceived eventOccurred sessionUpdated
    entityUpdated onEvent events customerUpdated accountUpdated heartbeat
  `),
  directives: words(`
    auth hasRole hasScope isAuthenticated public private internal client live connection rateLimit constraint
    length range pattern uppercase lowercase date format currency cached complexity deprecatedUntil relation
    default computed merge resolve rest proxy log trace owner sensitive pii mask
  `),
} as const;

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
