import type { EffectState } from '../../onboarding/effect.ts';

/** The tables. Moments are milliseconds since 1970. A column `…_encrypted` holds the output of `encryption`. */
export interface Tables {
  /** What was, is being or may have been sent. */
  effect: {
    operation: string;
    caller: string;
    key: string;
    fingerprint: string;
    state: EffectState;
    /** Counts who took it up. */
    attempt: number;
    /** The process that carries it out; null when none does. */
    owner: string | null;
    request_encrypted: string | null;
    result_encrypted: string | null;
    created_at: number;
  };
  /** The processes that share the database. */
  process: {
    id: string;
    /** By the clock of leases, which is not that of moments everywhere. */
    alive_until: number;
    /** Of the encryption keys it was started with, by spaces; it writes under the first. Null: it does not say. */
    key_ids: string | null;
  };
  /** The keys that secrets are stored under. */
  encryption_key: { id: string };
  onboarding_session: {
    id: string;
    configuration_id: string;
    external_customer_id: string | null;
    session_token_encrypted: string;
    created_at: number;
    completed_at: number | null;
    redirection_url: string | null;
    action: string | null;
  };
  customer_onboard: {
    id: string;
    client_id: string;
    customer_id: string;
    product_group_id: string;
    trigger_id: string | null;
    client_message_tag: string | null;
    message: string;
    /** A JSON array of `{phoneNumber, result}`. */
    mobile_analysis_results_encrypted: string;
    created_at: number;
  };
  customer_entity_onboarding_session: {
    customer_id: string;
    /** The session. */
    id: string;
    created_at: number;
  };
}
