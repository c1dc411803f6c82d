import type { EffectName } from '../../onboarding/effect.ts';

/** A column of secrets, and how each is bound to its place: one that is moved to another row does not decrypt. */
export interface SecretColumn {
  readonly table: string;
  readonly column: string;
  readonly primaryKey: readonly string[];
  readonly place: (id: readonly string[]) => string;
}

/** The place of a session's token. */
export const tokenOf = (id: string) => `onboarding_session.session_token ${id}`;

/** The place of what Relay found out about a customer's numbers. */
export const resultsOf = (id: string) => `customer_onboard.mobile_analysis_results ${id}`;

/** The place of an effect's request or result. */
export const placeOf = (what: string, { operation, caller, key }: EffectName) =>
  `effect.${what} ${JSON.stringify([operation, caller, key])}`;

const ofEffect = { table: 'effect', primaryKey: ['operation', 'caller', 'key'] };

const effectPlace =
  (what: string) =>
  ([operation = '', caller = '', key = '']: readonly string[]) =>
    placeOf(what, { operation, caller, key });

/** All there are: one that is missing here stays under its old key for ever, and that key is forgotten. */
export const SECRET_COLUMNS: readonly SecretColumn[] = [
  {
    table: 'onboarding_session',
    column: 'session_token_encrypted',
    primaryKey: ['id'],
    place: ([id = '']) => tokenOf(id),
  },
  {
    table: 'customer_onboard',
    column: 'mobile_analysis_results_encrypted',
    primaryKey: ['id'],
    place: ([id = '']) => resultsOf(id),
  },
  { ...ofEffect, column: 'request_encrypted', place: effectPlace('request') },
  { ...ofEffect, column: 'result_encrypted', place: effectPlace('result') },
];
