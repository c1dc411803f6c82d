import { withoutPersonalText } from './personal-text.ts';

// What must never be read in a log. Providers' and our own spellings of a name are one: `session_token`, `sessionToken`.
const SECRET_NAMES = [
  // credentials
  'authorization', 'apiKey', 'xApiKey', 'xxRelayApiKey', 'xIncodeHardwareId', 'xRouterSecret', 'token', 'sessionToken',
  'sessionUrl', 'secret', 'password', 'cookie', 'setCookie', 'encryptionKeys', 'webhookSignature', 'databaseUrl',
  // a person, as Relay and Increase know one
  'firstName', 'middleName', 'lastName', 'fullName', 'name', 'dateOfBirth', 'birthDate', 'ssn', 'ssnLast4', 'gender', 'email',
  'address', 'addresses', 'address1', 'address2', 'line1', 'line2', 'city', 'state', 'stateProvince', 'postalCode', 'zip',
  'zipcode', 'country', 'phone', 'phoneNumber', 'phoneType', 'channelAddr', 'channelAddress', 'notificationChannels', 'ext',
  'mobileAnalysisResults', 'secondaryAccountId', 'taxId', 'taxIdentifier', 'identification', 'identificationNumber',
  'corporation', 'naturalPerson', 'joint', 'trust', 'governmentAuthority', 'beneficialOwners', 'description',
  // what may hold any of them
  'customer', 'input', 'variables', 'query', 'body', 'detail', 'errors', 'headers', 'url', 'customFields', 'inputParameters',
  'powerupsParameters', 'launchedBy', 'lbName', 'lbSource', 'redirectUrl', 'redirectionUrl',
]; // prettier-ignore

const SECRET = new Set(SECRET_NAMES.map(plain));
const MASK = '[redacted]';
const MAX_DEPTH = 8;

/** Ids that a line is found by, and that are made or checked by us: they stay as they are. */
const IDS = new Set(['requestid', 'traceid']);

/** A copy of what is to be logged, without secrets and personal data, at any depth, in names, values and map keys alike. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return withoutPersonalText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth === MAX_DEPTH) return MASK;
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return redactEntries(Object.entries(value), depth);
}

function redactEntries(entries: [string, unknown][], depth: number): Record<string, unknown> {
  return Object.fromEntries(
    entries.map(([name, item]) => [withoutPersonalText(name), redactEntry(plain(name), item, depth)]),
  );
}

function redactEntry(name: string, item: unknown, depth: number): unknown {
  if (SECRET.has(name)) return MASK;
  return IDS.has(name) && typeof item === 'string' ? item : redact(item, depth + 1);
}

/** An error as its name, message, own fields, cause and errors; the stack tells where in our code. */
function redactError(error: Error, depth: number): Record<string, unknown> {
  const { message, stack, cause, ...fields } = error as Error & Record<string, unknown>;
  return {
    type: error.constructor.name,
    message: redact(message, depth),
    ...redactEntries(
      Object.entries(fields).filter(([name]) => name !== 'name'),
      depth,
    ),
    ...hostOf(fields, depth),
    ...(error instanceof AggregateError && { errors: error.errors.map((one) => redactOne(one, depth + 1)) }),
    stack:
      typeof stack === 'string' ? redact(stack.replace(/^.*?(?=\n {4}at |$)/s, '').trim(), depth) : undefined,
    ...(cause !== undefined && { cause: redact(cause, depth + 1) }),
  };
}

/** The address in the system's own error is that of a host or a socket, which whoever is on call needs. */
function hostOf({ syscall, address }: Record<string, unknown>, depth: number): Record<string, unknown> {
  return typeof syscall === 'string' && typeof address === 'string'
    ? { address: redact(address, depth) }
    : {};
}

/** The system's own errors that became one, as where a name has several addresses. Any other may hold what a person sent. */
function redactOne(error: unknown, depth: number): unknown {
  return error instanceof Error && 'syscall' in error ? redact(error, depth) : MASK;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
