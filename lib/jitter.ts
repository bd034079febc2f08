/** From half of a time to the whole of it, by chance: so those who wait do not all come at once. */
export function jittered(ms: number, random: () => number = Math.random): number {
  return ms * (0.5 + random() / 2);
}

/** A number from 0 (inclusive) to 1 (exclusive). */
export function chance(): number {
  return Math.random();
}
