import { z } from 'zod';

import { path } from '../../http/path.ts';
import type { Program, Programs } from '../../onboarding/program.ts';
import { unread } from '../drift.ts';
import type { IncreaseApi } from './api.ts';
import { wireDate } from './wire.ts';

const WireProgram = z.object({
  id: z.string().min(1),
  name: z.string(),
  bank: z.string(), // open: it gained a value within four weeks
  created_at: wireDate,
  updated_at: wireDate,
});
unread(WireProgram, 'type');

export function increasePrograms(api: IncreaseApi): Programs {
  return {
    async get(id, call) {
      const wire = await api.get(WireProgram, path`/programs/${id}`, call);
      return wire && fromWire(wire);
    },
  };
}

function fromWire({ id, name, bank, created_at, updated_at }: z.output<typeof WireProgram>): Program {
  return { id, name, bank, createdAt: created_at, updatedAt: updated_at };
}
