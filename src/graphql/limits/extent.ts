/** How much an operation is, or a part of it, at the most. */
export interface Extent {
  /** In the units of `@cost`. */
  readonly cost: number;
  /** How many fields are answered, each as often as it is. A URL, which can be long, counts as ten. */
  readonly values: number;
}

export const NOTHING: Extent = { cost: 0, values: 0 };

/** As many of each. */
export function both(count: number): Extent {
  return { cost: count, values: count };
}

export function sum(extents: readonly Extent[]): Extent {
  return extents.reduce((a, b) => ({ cost: a.cost + b.cost, values: a.values + b.values }), NOTHING);
}

/** What none of them is more than. */
export function largest(extents: readonly Extent[]): Extent {
  return extents.reduce(
    (a, b) => ({ cost: Math.max(a.cost, b.cost), values: Math.max(a.values, b.values) }),
    NOTHING,
  );
}

export function product(times: Extent, { cost, values }: Extent): Extent {
  return { cost: times.cost * cost, values: times.values * values };
}
