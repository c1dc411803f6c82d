import type { WholeSandbox } from './sandbox.ts';
import { sandboxIncode, sandboxIncrease, sandboxRelay } from './seeds.ts';

/** What the stand-alone sandbox says when it is ready: where it is, what it accepts, and what it starts with. */
export function announcement({ incode, increase, relay }: WholeSandbox): string {
  const active = sandboxIncrease.sessions.filter(({ status }) => status === 'active');
  const expired = sandboxIncrease.sessions.filter(({ status }) => status === 'expired');
  return `The sandbox of all three providers is ready. Nothing here is real; Ctrl+C ends it.

  Incode    ${incode.url}
  Increase  ${increase.url}
  Relay     ${relay.url}

To point the service at it, paste this into the shell that starts it (or into its .env):

export INCODE_BASE_URL=${incode.url}
export INCODE_API_KEY=${incode.apiKey}
export INCODE_CONFIGURATION_ID=${incode.configurationId}
export INCREASE_BASE_URL=${increase.url}
export INCREASE_API_KEY=${increase.apiKey}
export RELAY_BASE_URL=${relay.url}
export RELAY_API_KEY=${relay.apiKey}
export RELAY_CLIENT_ID=${relay.clientId}

It starts with these:

  Incode sessions (each with its token)
${lines(sandboxIncode.sessions.map((it) => `${it.interviewId}  ${it.status}  ${it.externalCustomerId}  ${it.token}`))}
  Increase programs
${lines(sandboxIncrease.programs.map(({ id, name }) => `${id}  ${name}`))}
  Increase entities
${lines(sandboxIncrease.entities.map(({ id, structure }) => `${id}  ${structure}`))}
  Increase sessions, active
${lines(active.map(({ id }) => id))}
  Increase sessions, expired
${lines(expired.map(({ id }) => id))}
  Relay product group, trigger and customers
${lines([sandboxRelay.productGroupId, sandboxRelay.triggerId, ...sandboxRelay.customers])}

A key that may only read Increase: ${sandboxIncrease.restrictedApiKey}
Something is to go wrong: POST /_faults on each server, such as {"match": "/omni/start", "drop": "after"}; the page of
each server tells what there is.
`;
}

function lines(items: readonly string[]): string {
  return items.map((item) => `    ${item}`).join('\n');
}
