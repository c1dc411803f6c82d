import { z } from 'zod';

export const ScoreStatus = z.enum(['OK', 'WARN', 'FAIL', 'MANUAL']);
export type ScoreStatus = z.output<typeof ScoreStatus>;

/** What Incode knows of a session. `score` is null until the session is finished. */
export const IncodeSession = z.object({
  interviewId: z.string(),
  configurationId: z.string(),
  externalCustomerId: z.string().nullable(),
  redirectionUrl: z.string().nullable(),
  status: z.string(),
  score: ScoreStatus.nullable(),
});
export type IncodeSession = z.output<typeof IncodeSession>;

/** Where a session stands after its status was read once more: the person goes on meanwhile. */
const next: Readonly<Record<string, string>> = {
  UNKNOWN: 'ID_VALIDATION_FINISHED',
  ID_VALIDATION_FINISHED: 'FACE_VALIDATION_FINISHED',
};

/** The status after `status`; the same one where only finishing leads on. */
export function statusAfter(status: string): string {
  return next[status] ?? status;
}

const overallValue: Readonly<Record<ScoreStatus, string>> = {
  OK: '95.4',
  WARN: '72.0',
  FAIL: '12.0',
  MANUAL: '61.5',
};
const action: Readonly<Record<ScoreStatus, string>> = {
  OK: 'approved',
  WARN: 'approved',
  FAIL: 'rejected',
  MANUAL: 'manual_review',
};

/** The customer's id decides how the sandbox judges a session: "fail", "review" and "warn" in it are heard. */
export function judge({ externalCustomerId }: IncodeSession): ScoreStatus {
  const customer = externalCustomerId?.toLowerCase() ?? '';
  if (customer.includes('fail')) return 'FAIL';
  if (customer.includes('review')) return 'MANUAL';
  return customer.includes('warn') ? 'WARN' : 'OK';
}

/** The body of `GET /omni/get/score`. */
export function scoreOf({ score }: IncodeSession): unknown {
  const overall =
    score === null ? { value: '0.0', status: 'UNKNOWN' } : { value: overallValue[score], status: score };
  return { overall };
}

/** The body of `GET /omni/finish-status`. Guess: without a redirectionUrl at the start there is none here. */
export function finishOf({ score, redirectionUrl }: IncodeSession): unknown {
  return { ...(redirectionUrl !== null && { redirectionUrl }), action: action[score ?? 'OK'] };
}
