import type { OnboardBody } from './onboard-body.ts';

const quietMs = 15 * 60 * 1000;

/** The text messages that would have gone out. */
export class TextMessages {
  readonly #sentAt = new Map<string, number>();

  /**
   * Whether this request texts the customer: it names an experience, not everyone's consent is withdrawn, and the same
   * one with the same parameters did not go out within the last fifteen minutes.
   */
  send({ customer, trigger_id, input_parameters = {}, powerups_parameters = {} }: OnboardBody): boolean {
    if (trigger_id === undefined) return false;
    const channels = customer.notification_channels ?? [];
    if (channels.length > 0 && channels.every(({ consent_type }) => consent_type === 'stop')) return false;

    const parameters = [...Object.entries(input_parameters), ...Object.entries(powerups_parameters)];
    const message = JSON.stringify([customer.ccid, trigger_id, parameters.map(String).toSorted()]);
    const now = Date.now();
    if (now - (this.#sentAt.get(message) ?? -Infinity) < quietMs) return false;
    this.#sentAt.set(message, now);
    return true;
  }

  clear(): void {
    this.#sentAt.clear();
  }
}
