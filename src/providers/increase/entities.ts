import { z } from 'zod';

import { path } from '../../http/path.ts';
import type { Entities, Entity } from '../../onboarding/entity.ts';
import { openEnum } from '../open-enum.ts';
import type { IncreaseApi } from './api.ts';
import { wireDate } from './wire.ts';

// Increase's answer is full of personal data (names, addresses, tax ids): what is not named here is dropped.
const WireEntity = z.object({
  id: z.string().min(1),
  structure: z.string(),
  status: z.string(),
  created_at: wireDate,
  creating_entity_onboarding_session_id: z.string().nullable(),
  validation: z.object({ status: z.string() }).nullable(),
});

const structure = openEnum(['CORPORATION', 'NATURAL_PERSON', 'JOINT', 'TRUST', 'GOVERNMENT_AUTHORITY']);
const status = openEnum(['ACTIVE', 'ARCHIVED', 'DISABLED']);
const validationStatus = openEnum(['PENDING', 'VALID', 'INVALID']);

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
    structure: structure(wire.structure),
    status: status(wire.status),
    validationStatus: wire.validation && validationStatus(wire.validation.status),
    creatingSessionId: wire.creating_entity_onboarding_session_id,
    createdAt: wire.created_at,
  };
}
