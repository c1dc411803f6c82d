import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import type {
  CustomerOnboard,
  CustomerOnboardStore,
  Messaging,
  NewCustomerOnboard,
} from './customer-onboard.ts';
import { canonicalTexts } from './canonical.ts';
import {
  birthDate,
  checked,
  customerId,
  idempotencyKey,
  list,
  namedValues,
  optional,
  optionalText,
  providerId,
  text,
  unlessDefault,
} from './input-rules.ts';
import type { Operation } from './operation.ts';
import { refusal } from './refusal.ts';
import type { UseCase, WithEffects } from './use-case.ts';

const address = z.object({
  address1: optionalText(100),
  address2: optionalText(100),
  city: optionalText(100),
  stateProvince: optionalText(2),
  postalCode: optionalText(10),
  country: optional(z.string().regex(/^[a-z]{2,3}$/i, 'must have 2 or 3 letters')),
});

const notificationChannel = z.object({
  channelType: optional(z.enum(['SMS'])).transform(unlessDefault<'SMS' | undefined>('SMS')),
  channelAddress: z
    .string()
    .regex(/^\d{10,11}$/, 'must be a phone number of 10 or 11 digits and nothing else'),
  // Required, and never defaulted: WRITTEN for someone who said STOP would opt them in again.
  consentType: z.enum(['WRITTEN', 'EXPRESS', 'STOP']),
  phoneType: optionalText(10),
});

const customer = z.object({
  id: customerId,
  secondaryAccountId: optionalText(100),
  firstName: optionalText(100),
  middleName: optionalText(100),
  lastName: optionalText(100),
  dateOfBirth: optional(birthDate),
  ssnLast4: optional(z.string().regex(/^\d{1,4}$/, 'must have at most 4 digits')),
  gender: optionalText(1),
  addresses: optional(list(address)),
  notificationChannels: optional(list(notificationChannel)),
  ext: optional(namedValues(1_000)),
});

const POWERUP_LIMITS = { _state: 2, _zipcode: 10 };

/** Relay limits only the values whose names end in `_state` or `_zipcode`. */
const powerupParameter = z
  .object({ name: text(100), value: z.string() })
  .superRefine(({ name, value }, context) => {
    if (/\s;|;\s/.test(value)) {
      context.addIssue({ code: 'custom', path: ['value'], message: 'must join choices by ; without spaces' });
    }
    for (const [suffix, limit] of Object.entries(POWERUP_LIMITS)) {
      if (name.endsWith(suffix) && value.length > limit) {
        context.addIssue({
          code: 'custom',
          path: ['value'],
          message: `must have at most ${limit} characters`,
        });
      }
    }
  });

const rules = z.object({
  clientId: optional(providerId),
  productGroupId: text(100),
  triggerId: optional(text(100)),
  launchedBy: optional(z.object({ name: optionalText(255), source: optionalText(255) })),
  deactivatePreviousConnections: optional(z.boolean()),
  inputParameters: optional(namedValues(100, { prefix: 'input_' })),
  assetId: optional(text(100)),
  clientMessageTag: optionalText(100),
  customer,
  powerupsParameters: optional(
    list(powerupParameter)
      .transform((pairs): unknown[] => pairs)
      .pipe(namedValues(1_000)),
  ),
  idempotencyKey,
});

type Words = Omit<z.output<typeof rules>, 'idempotencyKey'>;

interface Dependencies extends WithEffects {
  readonly messaging: Messaging;
  readonly customerOnboards: CustomerOnboardStore;
  /** The Relay client of a caller who names none. */
  readonly clientId: string | undefined;
}

/** Onboards a customer at Relay, and keeps what Relay accepted: Relay keeps nothing that can be asked for. */
export function onboardCustomer({
  effects,
  messaging,
  customerOnboards,
  clientId,
}: Dependencies): UseCase<CustomerOnboard> {
  const operation: Operation<Words, CustomerOnboard> = {
    name: 'onboardCustomer',
    whenUnknown:
      'Look for it in Relay before you send it under a new key: that may text the person a second time.',
    async perform(words, _key, call) {
      const request = requestOf(words, clientId);
      const acceptance = await messaging.onboard(request, call);
      const onboard: CustomerOnboard = {
        id: randomUUID(),
        clientId: request.clientId,
        customerId: request.customer.id,
        productGroupId: request.productGroupId,
        triggerId: request.triggerId ?? null,
        clientMessageTag: request.clientMessageTag ?? null,
        createdAt: new Date(),
        ...acceptance,
      };
      return { result: onboard, writes: [customerOnboards.adding(onboard)] };
    },
    otherTexts,
  };

  return {
    operations: [operation],
    async run(input, call) {
      const { idempotencyKey: key, ...words } = checked(rules, input);
      return effects.run(operation, key, words, call);
    },
  };
}

/** Who names no client means the one that it was sent to, whichever is the default now. */
function otherTexts(words: Words, { clientId }: CustomerOnboard): string[] {
  if ((words.clientId ?? clientId) !== clientId) return [];
  const { clientId: _named, ...others } = words;
  // Earlier versions made the fingerprint of what they sent.
  const sent = JSON.stringify(requestOf(words, clientId));
  return [...canonicalTexts(others), ...canonicalTexts({ ...others, clientId }), sent];
}

/** What is sent, in an order that other texts depend on. @throws {Refusal} where no client is named and there is no default */
function requestOf({ clientId: named, ...words }: Words, standard: string | undefined): NewCustomerOnboard {
  const clientId = named ?? standard;
  if (clientId === undefined) {
    throw refusal(
      'INVALID_INPUT',
      'clientId is required: the service is configured with no RELAY_CLIENT_ID.',
      {
        field: ['input', 'clientId'],
      },
    );
  }
  const channels = words.customer.notificationChannels?.map(({ channelType = 'SMS', ...channel }) => ({
    channelType,
    ...channel,
  }));
  return { clientId, ...words, customer: { ...words.customer, notificationChannels: channels } };
}
