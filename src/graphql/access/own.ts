import { Forbidden } from '../../onboarding/errors.ts';
import { providerId } from '../../onboarding/input-rules.ts';
import { refusal } from '../../onboarding/refusal.ts';

/** Tells the customer who is named, or meant where none is. @throws {Forbidden} for another than the token's */
export function ownOf(customerId: string) {
  return (named: unknown): string => {
    if (named !== undefined && named !== null && named !== customerId) {
      throw new Forbidden("Your access token is for one customer's data, and this is another's.");
    }
    return customerId;
  };
}

/**
 * Asks of an id in a mutation's input whether it is of something that the customer has. None, or a malformed one, is left to
 * the mutation's own rules.
 * @throws {Refusal} NOT_FOUND
 */
export async function requireOwn(
  input: unknown,
  field: 'id' | 'entityId',
  isOwn: (id: string) => Promise<boolean>,
  otherwise: string,
): Promise<void> {
  const { success, data: id } = providerId.safeParse((input as { readonly [field]?: unknown })[field]);
  if (success && !(await isOwn(id))) throw refusal('NOT_FOUND', otherwise, { field: ['input', field] });
}
