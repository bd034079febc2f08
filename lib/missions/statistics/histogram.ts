/**
 * Exact values kept as sorted pairs: values strictly rising, counts positive integers.
 * Parts of a population merge into the whole without loss, whatever their order.
 */
export type Histogram = readonly (readonly [value: number, count: number])[];

/** Counts finite values given in any order. */
export function toHistogram(values: Iterable<number>): Histogram {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return sortedPairs(counts);
}

/** The histogram of all the parts' values together. */
export function mergeHistograms(parts: Iterable<Histogram>): Histogram {
  const counts = new Map<number, number>();
  for (const part of parts) {
    for (const [value, count] of part) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return sortedPairs(counts);
}

/** How many values the histogram holds. */
export function histogramSize(histogram: Histogram): number {
  return histogram.reduce((n, [, count]) => n + count, 0);
}

function sortedPairs(counts: ReadonlyMap<number, number>): Histogram {
  return [...counts].sort(([a], [b]) => a - b);
}
