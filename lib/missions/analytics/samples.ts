import type { Turn } from "../../turns.ts";
import type { OrderedSample } from "../statistics/mod.ts";

/**
 * Times in milliseconds, sorted, by name. Whole milliseconds in four bytes: exact, small enough to
 * keep all of a season in memory, and merged without loss.
 */
export type Samples = Readonly<Record<string, Int32Array>>;

/**
 * The longest time that is told apart, 24 days. What is longer comes of a kiosk whose clock was
 * set in between, and counts as this.
 */
const MAX_MS = 2 ** 31 - 1;

/** A time as a sample keeps it: whole milliseconds, not below 0. */
export function toSampleMs(ms: number): number {
  return Math.min(MAX_MS, Math.max(0, Math.round(ms)));
}

export function toSample(times: Iterable<number>): Int32Array {
  return Int32Array.from(times).sort();
}

/**
 * Values of several sorted arrays as one sorted sample, without merging them: the value at a place
 * is found by halving the range of values and counting below. A thousand hours of a thousand values
 * take about a millisecond a place.
 */
export function mergedSample(parts: readonly Int32Array[]): OrderedSample {
  const filled = parts.filter((part) => part.length > 0);
  const n = filled.reduce((total, part) => total + part.length, 0);
  const lowest = filled.reduce((low, part) => Math.min(low, part[0]), Infinity);
  const highest = filled.reduce((high, part) => Math.max(high, part[part.length - 1]), -Infinity);
  return {
    n,
    at(index) {
      if (index === 0) return lowest;
      if (index === n - 1) return highest;
      let low = lowest, high = highest;
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        let atMost = 0;
        for (const part of filled) atMost += countAtMost(part, middle);
        if (atMost > index) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
}

/** How many values of a sorted array are at most `limit`. */
function countAtMost(sorted: Int32Array, limit: number): number {
  let from = 0, to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle] <= limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Sorted at a time; it takes two milliseconds. */
const MERGED_AT_ONCE = 16_384;

/**
 * All values of several sorted arrays in one, a range of values after the other, so that the event
 * loop turns in between.
 */
export async function mergedTimes(parts: readonly Int32Array[], turn: Turn): Promise<Int32Array> {
  const sample = mergedSample(parts);
  const all = new Int32Array(sample.n);
  const taken = parts.map(() => 0);
  let end = 0;
  while (end < all.length) {
    const begin = end;
    const limit = sample.at(Math.min(end + MERGED_AT_ONCE, all.length) - 1);
    parts.forEach((part, i) => {
      const values = part.subarray(taken[i], countAtMost(part, limit));
      all.set(values, end);
      end += values.length;
      taken[i] += values.length;
    });
    all.subarray(begin, end).sort();
    await turn();
  }
  return all;
}

/** The arrays' values in one sorted array. Short ones: it is done at once. */
export function mergedAtOnce(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((total, part) => total + part.length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all.sort();
}

/** How many different values a sorted array has. */
export function countDifferent(sorted: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) count++;
  return count;
}
