import { z } from 'zod';

const text = (most: number) => z.string().max(most);

const inputParameters = z
  .record(z.string(), text(100))
  .refine((parameters) => Object.keys(parameters).every((name) => name.startsWith('input_')), {
    error: 'every name must start with input_',
  });

/** `<field>_state` and `<field>_zipcode` are parts of an address; the other names are plain. */
const powerups = z.record(z.string(), z.string()).superRefine((parameters, context) => {
  for (const [name, value] of Object.entries(parameters)) {
    const most = name.endsWith('_state') ? 2 : name.endsWith('_zipcode') ? 10 : Infinity;
    if (value.length > most)
      context.addIssue({ code: 'custom', path: [name], message: `has more than ${most} characters` });
    if (/\s;|;\s/.test(value))
      context.addIssue({ code: 'custom', path: [name], message: 'has a space beside a semicolon' });
  }
});

const Address = z.object({
  address1: text(100).optional(),
  address2: text(100).optional(),
  city: text(100).optional(),
  state_province: text(2).optional(),
  postal_code: text(10).optional(),
  // Documented as two letters, with the example USA.
  country: z
    .string()
    .regex(/^[A-Za-z]{2,3}$/, 'must have 2 or 3 letters')
    .optional(),
});

const NotificationChannel = z.object({
  channel_type: z.literal('sms').optional(),
  channel_addr: z.string().regex(/^\d{10,11}$/, 'must have 10 or 11 digits'),
  consent_type: z.enum(['written', 'express', 'stop']),
  phone_type: text(10).optional(),
});
export type NotificationChannel = z.output<typeof NotificationChannel>;

const Customer = z.object({
  ccid: text(100).min(1),
  secondary_account_id: text(100).optional(),
  first_name: text(100).optional(),
  middle_name: text(100).optional(),
  last_name: text(100).optional(),
  date_of_birth: z.iso.date().optional(),
  ssn_last4: text(4).optional(),
  gender: text(1).optional(),
  addresses: z.array(Address).optional(),
  notification_channels: z.array(NotificationChannel).optional(),
  ext: z.record(z.string(), z.unknown()).optional(),
});

/** The body of `onboard`, with every rule that Relay documents. Other fields are let through unread. */
export const OnboardBody = z.object({
  product_group_id: text(100).min(1),
  trigger_id: text(100).optional(),
  launched_by: z.object({ lb_name: text(255).optional(), lb_source: text(255).optional() }).optional(),
  deactivate_previous_connections: z.boolean().optional(),
  input_parameters: inputParameters.optional(),
  asset_id: text(100).optional(),
  client_message_tag: text(100).optional(),
  powerups_parameters: powerups.optional(),
  customer: Customer,
});
export type OnboardBody = z.output<typeof OnboardBody>;
