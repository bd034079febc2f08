/**
 * Counts by name. A stored one has room for `MAX_NAMES`; what comes after is counted together, so
 * that whoever makes up names cannot make a bucket grow.
 */
export interface Tally {
  readonly counts: Map<string, number>;
  /** Of the names that had no room. */
  other: number;
}

/** Names that a bucket keeps apart. */
export const MAX_NAMES = 100;

export function newTally(): Tally {
  return { counts: new Map(), other: 0 };
}

/** Counts a name once more. */
export function tally(into: Tally, name: string): void {
  const known = into.counts.get(name);
  if (known === undefined && into.counts.size >= MAX_NAMES) into.other++;
  else into.counts.set(name, (known ?? 0) + 1);
}

/** Adds one tally to another; names for which there is no room go to the others. */
export function mergeTally(into: Tally, from: Tally, { maxNames = MAX_NAMES } = {}): void {
  into.other += from.other;
  for (const [name, count] of from.counts) {
    const known = into.counts.get(name);
    if (known === undefined && into.counts.size >= maxNames) into.other += count;
    else into.counts.set(name, (known ?? 0) + count);
  }
}

export interface Counted {
  readonly name: string;
  readonly count: number;
}

/** The most frequent names, of equals in the order of their letters. */
export function topOf({ counts }: Tally, limit: number): Counted[] {
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .slice(0, limit);
}

export function totalOf({ counts, other }: Tally): number {
  return counts.values().reduce((sum, count) => sum + count, other);
}
