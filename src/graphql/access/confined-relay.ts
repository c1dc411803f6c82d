import type { Services } from '../services.ts';
import { ownOf } from './own.ts';

type Relay = Pick<Services, 'customerOnboards' | 'onboardCustomer'>;

/** Relay's part of {@link confinedTo}. */
export function confinedRelay(customerId: string, { customerOnboards, onboardCustomer }: Relay): Relay {
  const own = ownOf(customerId);
  return {
    customerOnboards: {
      getMany: async (ids) =>
        (await customerOnboards.getMany(ids)).map((onboard) =>
          onboard?.customerId === customerId ? onboard : null,
        ),
      list: async (page, filter) => customerOnboards.list(page, { customerId: own(filter.customerId) }),
    },

    onboardCustomer: async (input, call) => {
      own((input as { readonly customer?: { readonly id?: unknown } }).customer?.id);
      return onboardCustomer(input, call);
    },
  };
}
