/** The legal structures of an entity that Increase knows. */
export const structures = [
  'corporation',
  'natural_person',
  'joint',
  'trust',
  'government_authority',
] as const;

export type Structure = (typeof structures)[number];
