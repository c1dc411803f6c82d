import { refusal, type Refusal } from './refusal.ts';

const field = ['input', 'idempotencyKey'];

/** The same key with other arguments, after those that it was used with were carried out. */
export function keyReused(): Refusal {
  return refusal(
    'IDEMPOTENCY_KEY_REUSED',
    'This idempotency key was used with other arguments, and those were carried out. Choose a new key to have these carried out as well.',
    { field },
  );
}

/** The same key, with arguments of which nobody can say any more whether they are the same: their encryption key was taken out. */
export function keyUnreadable(): Refusal {
  return refusal(
    'OUTCOME_UNKNOWN',
    'This idempotency key was used before, and we can no longer tell what for. Nothing was sent now, but the same may have ' +
      'been sent then: look at the provider before you send it under a new key.',
    { field },
  );
}

/** The same key, at this moment. */
export function inProgress(): Refusal {
  return refusal(
    'IN_PROGRESS',
    'A request with this idempotency key is being carried out. Ask again with the same key in a few seconds.',
    { field },
  );
}

/** It may have been sent, and nobody can find out what became of it. */
export function outcomeUnknown(
  remedy = 'Ask the provider before you send it again under a new key.',
): Refusal {
  return refusal(
    'OUTCOME_UNKNOWN',
    `A request with this idempotency key may have been carried out: no answer to it was kept. ${remedy}`,
    { field },
  );
}

/** As before, asked with other arguments: the first ones find out what became of it. */
export function outcomeOfOthersUnknown(): Refusal {
  return outcomeUnknown(
    'It had other arguments. Repeat it with those, which finds out what became of it, before you choose a new key.',
  );
}
