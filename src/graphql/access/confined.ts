import type { Services } from '../services.ts';
import { confinedIncode } from './confined-incode.ts';
import { confinedIncrease, confinedIncreaseWrites } from './confined-increase.ts';
import { confinedRelay } from './confined-relay.ts';
import { OwnSessions } from './own-sessions.ts';
import { ownOf } from './own.ts';

/**
 * The services as one customer may use them: what is another's is not there, and naming another customer is forbidden.
 *
 * Nothing is handed on as it is, neither a service nor a method of one: each is written out here or in a provider's part, so
 * that a new one does not compile until somebody has thought of whose it is.
 */
export function confinedTo(customerId: string, services: Services): Services {
  const own = ownOf(customerId);
  const sessions = new OwnSessions(customerId, services);
  return {
    cursors: ({ name, filter }) => services.cursors({ name, filter: { customerId, filter } }),

    customer(id) {
      const customer = services.customer(id); // a representation without an id means nobody
      own(customer.id);
      return customer;
    },

    // How a provider is concerns every customer, and is nobody's.
    providersHealth: () => services.providersHealth(),

    ...confinedIncode(customerId, services),
    ...confinedIncrease(customerId, sessions, services),
    ...confinedIncreaseWrites(customerId, sessions, services),
    ...confinedRelay(customerId, services),
  };
}
