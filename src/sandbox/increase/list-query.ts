import { z } from 'zod';
import { invalidParameters, type ParameterProblem } from './increase-refusals.ts';
import { sessionStatuses } from './session.ts';

const Paging = {
  limit: z
    .string()
    .regex(/^\d{1,3}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(1).max(100))
    .default(100),
  cursor: z
    .string()
    .transform((cursor) => Buffer.from(cursor, 'base64url').toString())
    .optional(),
};

/** The parameters that any list has. */
export const PagingQuery = z.strictObject(Paging);

/** `status.in` is one value, delimited by commas, under a name with a dot in it. */
export const SessionsQuery = z.strictObject({
  ...Paging,
  'status.in': z
    .string()
    .transform((statuses) => statuses.split(','))
    .pipe(z.array(z.enum(sessionStatuses)))
    .optional(),
  idempotency_key: z.string().min(1).max(200).optional(),
});

/** Reads a query; a parameter that is given twice, in brackets or under an unknown name is refused. */
export function readQuery<Schema extends z.ZodType>(schema: Schema, url: string): z.output<Schema> {
  const parameters = [...new URLSearchParams(url.split('?')[1] ?? '')];
  const query = Object.fromEntries(parameters);
  if (Object.keys(query).length < parameters.length) {
    throw invalidParameters([{ field: 'query', message: 'a parameter is given twice' }]);
  }
  const { success, data, error } = schema.safeParse(query);
  if (!success) throw invalidParameters(parameterProblems(error));
  return data;
}

export function parameterProblems({ issues }: z.ZodError): ParameterProblem[] {
  return issues.map(({ path, message }) => ({ field: path.map(String).join('.'), message }));
}
