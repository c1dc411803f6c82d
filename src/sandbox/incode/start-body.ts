import { z } from 'zod';

/** The body of `POST /omni/start`. Fields that Incode does not document are let through unread. */
export const StartBody = z.object({
  configurationId: z.string().min(1),
  countryCode: z
    .string()
    .regex(/^(ALL|[A-Z]{2,3})$/, 'must be ALL or an ISO country code')
    .optional(),
  externalCustomerId: z.string().optional(),
  interviewId: z.string().optional(),
  language: z
    .string()
    .regex(/^[a-z]{1,3}(-[A-Za-z\d]{1,8})*$/, 'must be a language such as en, en-US or es-419')
    .optional(),
  redirectionUrl: z.url().optional(),
  customFields: z.record(z.string(), z.unknown()).optional(),
});
