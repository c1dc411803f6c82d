import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Executions } from '../executions.ts';
import type { ProviderSandbox } from '../provider-server.ts';
import { Refusal } from '../refusal.ts';
import { sandboxRelay } from '../seeds.ts';
import type { SavedState } from '../state-file.ts';
import { Customers } from './customers.ts';
import { analyseMobiles } from './mobile-analysis.ts';
import { OnboardBody } from './onboard-body.ts';
import { TextMessages } from './text-messages.ts';

/** What Relay's base URL ends in. */
export const relayBasePath = '/platform/v3/api';

interface Onboard {
  Params: { client_id: string };
}

/** Relay's onboarding of customers. The shape of its error bodies is a guess: `{message, errors?}`. */
export function relaySandbox(saved: SavedState): ProviderSandbox {
  const customers = new Customers(saved);
  const messages = new TextMessages();
  const executions = new Executions(['onboard', 'sms']);

  return {
    about: 'This is the sandbox of Relay: it behaves as Relay does, and nobody is sent a message.',
    executions,
    refusals: {
      malformed: () => refuse(400, 'The body is not JSON'),
      unknownRoute: () => refuse(404, 'Not found'),
      broken: () => refuse(500, 'Internal server error'),
    },
    admit({ headers }) {
      if (headers['xx-relay-api-key'] !== sandboxRelay.apiKey) throw refuse(401, 'Unauthorized');
    },
    reset() {
      customers.reset();
      messages.clear();
    },
    routes(app: FastifyInstance) {
      app.post<Onboard>(`${relayBasePath}/cdm/client/:client_id/onboard`, (request) => onboard(request));
      app.get('/_customers', () => customers.list());
    },
  };

  function onboard({ params, body }: FastifyRequest<Onboard>): unknown {
    if (params.client_id !== sandboxRelay.clientId) throw refuse(404, 'Client not found');
    const accepted = check(body);
    customers.upsert(accepted.customer.ccid);
    executions.count('onboard');
    if (messages.send(accepted)) executions.count('sms');
    const numbers = (accepted.customer.notification_channels ?? []).map(({ channel_addr }) => channel_addr);
    const results = analyseMobiles(numbers);
    return { message: 'Accepted', ...(results && { mobile_analysis_results: results }) };
  }
}

function check(body: unknown): OnboardBody {
  const { data, error } = OnboardBody.safeParse(body);
  if (error) throw refuse(400, 'Validation failed', error.issues.map(problem));
  // Any product group is known but this one, and no customer is in conflict but this one.
  if (data.product_group_id === 'unknown') throw refuse(404, 'Product group not found');
  if (data.customer.ccid === 'conflict')
    throw refuse(409, 'The customer is being changed by another request');
  return data;
}

function problem({ path, message }: { path: PropertyKey[]; message: string }): {
  field: string;
  message: string;
} {
  return { field: path.map(String).join('.'), message };
}

function refuse(status: number, message: string, errors?: readonly unknown[]): Refusal {
  return new Refusal(status, { message, ...(errors && { errors }) });
}
