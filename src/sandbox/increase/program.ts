import { sandboxIncrease } from '../seeds.ts';
import { increaseTime } from './increase-time.ts';

export interface Program {
  readonly id: string;
  readonly name: string;
  readonly bank: string;
  readonly createdAt: number;
}

const first = Date.parse('2026-01-31T23:59:59Z');
const day = 24 * 60 * 60 * 1000;

export const programs: readonly Program[] = sandboxIncrease.programs.map(({ id, name, bank }, index) => ({
  id,
  name,
  bank,
  createdAt: first + index * day,
}));

export function programOnWire({ id, name, bank, createdAt }: Program): unknown {
  return {
    id,
    type: 'program',
    name,
    bank,
    created_at: increaseTime(createdAt),
    updated_at: increaseTime(createdAt + day),
    billing_account_id: null,
    default_digital_card_profile_id: null,
    interest_rate: '0.01',
    lending: null,
  };
}
