import { z } from 'zod';
import { sandboxIncrease } from '../seeds.ts';
import { personalDetails } from './entity-details.ts';
import { increaseTime } from './increase-time.ts';
import { structures } from './structure.ts';

export const Entity = z.object({
  id: z.string(),
  structure: z.enum(structures),
  validationStatus: z.enum(['pending', 'valid', 'invalid']).nullable(),
  creatingSessionId: z.string().nullable(),
  createdAt: z.number(),
});
export type Entity = z.output<typeof Entity>;

export function seededEntities(firstStart: number): Entity[] {
  return sandboxIncrease.entities.map((seed) => fromSeed(seed, firstStart));
}

function fromSeed(
  { createdMinutesAgo, ...entity }: (typeof sandboxIncrease.entities)[number],
  firstStart: number,
): Entity {
  return { ...entity, createdAt: firstStart - createdMinutesAgo * 60_000 };
}

/** The entity as Increase sends it: with the personal data that nobody but Increase should keep. */
export function entityOnWire(entity: Entity): unknown {
  return {
    id: entity.id,
    type: 'entity',
    structure: entity.structure,
    status: 'active',
    created_at: increaseTime(entity.createdAt),
    creating_entity_onboarding_session_id: entity.creatingSessionId,
    description: null,
    details_confirmed_at: null,
    idempotency_key: null,
    risk_rating: null,
    supplemental_documents: [],
    terms_agreements: [],
    third_party_verification: null,
    validation: entity.validationStatus === null ? null : { status: entity.validationStatus, issues: [] },
    ...personalDetails(entity.structure),
  };
}
