/** The tables. Moments are milliseconds since 1970. A column `…_encrypted` holds the output of `encryption`. */
export interface Tables {
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
