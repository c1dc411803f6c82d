import { z } from 'zod';

import { path } from '../../http/path.ts';
import type { Entities, Entity } from '../../onboarding/entity.ts';
import { wireEnum } from '../open-enum.ts';
import { unread } from '../drift.ts';
import type { IncreaseApi } from './api.ts';
import { wireDate } from './wire.ts';

// Increase's answer is full of personal data (names, addresses, tax ids): what is not named here is dropped.
const WireEntity = z.object({
  id: z.string().min(1),
  structure: wireEnum(['CORPORATION', 'NATURAL_PERSON', 'JOINT', 'TRUST', 'GOVERNMENT_AUTHORITY']),
  status: wireEnum(['ACTIVE', 'ARCHIVED', 'DISABLED']),
  created_at: wireDate,
  creating_entity_onboarding_session_id: z.string().nullable(),
  validation: z.object({ status: wireEnum(['PENDING', 'VALID', 'INVALID']) }).nullable(),
});
unread(WireEntity, 'type', 'description', 'idempotency_key', 'details_confirmed_at', 'risk_rating');
unread(WireEntity, 'corporation', 'natural_person', 'joint', 'trust', 'government_authority');
unread(WireEntity, 'supplemental_documents', 'third_party_verification', 'terms_agreements');

export function increaseEntities(api: IncreaseApi): Entities {
  return {
    async get(id, call) {
      const wire = await api.get(WireEntity, path`/entities/${id}`, call);
      return wire && fromWire(wire);
    },
  };
}

function fromWire(wire: z.output<typeof WireEntity>): Entity {
  return {
    id: wire.id,
    structure: wire.structure,
    status: wire.status,
    validationStatus: wire.validation && wire.validation.status,
    creatingSessionId: wire.creating_entity_onboarding_session_id,
    createdAt: wire.created_at,
  };
}
