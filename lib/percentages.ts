/** Steps of a tenth of a percent, the one decimal that pages show. */
const UNITS = 1000;

/**
 * Percentages with one decimal that sum to exactly 100.0 (largest remainder; of equal remainders the
 * earlier place is raised). Null when the counts sum to 0. Source: statistics.md D-15.
 */
export function toPercentages(counts: readonly number[]): readonly number[] | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= 0) return null;
  const units = counts.map((count) => Math.floor(count * UNITS / total));
  const missing = UNITS - units.reduce((sum, unit) => sum + unit, 0);
  const byRemainder = counts
    .map((count, index) => ({ index, remainder: count * UNITS % total }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, missing)) units[index]++;
  return units.map((unit) => unit / (UNITS / 100));
}
