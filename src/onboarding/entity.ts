import type { Call } from './provider.ts';

export type EntityStructure =
  | 'CORPORATION'
  | 'NATURAL_PERSON'
  | 'JOINT'
  | 'TRUST'
  | 'GOVERNMENT_AUTHORITY'
  | 'UNKNOWN';
export type EntityStatus = 'ACTIVE' | 'ARCHIVED' | 'DISABLED' | 'UNKNOWN';
export type EntityValidationStatus = 'PENDING' | 'VALID' | 'INVALID' | 'UNKNOWN';

/** A business or person who holds accounts at Increase, without the personal data that Increase has about it. */
export interface Entity {
  readonly id: string;
  readonly structure: EntityStructure;
  readonly status: EntityStatus;
  readonly validationStatus: EntityValidationStatus | null;
  /** The hosted session whose submission created it; null when none did. */
  readonly creatingSessionId: string | null;
  readonly createdAt: Date;
}

/** Increase's Entities. */
export interface Entities {
  /** Null when Increase knows no such Entity. */
  get(id: string, call: Call): Promise<Entity | null>;
}
