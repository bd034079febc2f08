/**
 * Numbers that look random and are the same again for the same seed: a failed run can be repeated.
 * Not for secrets.
 */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  next(): number;
  /** A number from `low` to `high`. */
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Picks by weight; weights need not add up to anything. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T;
  /** A UUID version 4 by form. */
  uuid(): string;
  /** An own stream by name, so that one consumer's draws do not move another's. */
  fork(name: string): Random;
}

export function createRandom(seed: string): Random {
  const next32 = xoshiro128(hash128(seed));
  const next = () => next32() / 2 ** 32;
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new RangeError("Cannot pick from an empty list");
    return items[int(0, items.length - 1)];
  };
  return {
    next,
    int,
    pick,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    weighted(choices) {
      let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
      const found = choices.find(([, weight]) => (left -= weight) < 0);
      return (found ?? choices[choices.length - 1])[0];
    },
    uuid() {
      const hex = [0, 0, 0, 0].map(() => next32().toString(16).padStart(8, "0")).join("");
      const variant = "89ab"[parseInt(hex[16], 16) & 3];
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${
        hex.slice(17, 20)
      }-${hex.slice(20, 32)}`;
    },
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

type State = [number, number, number, number];

/** xoshiro128**: 128 bits of state, so that UUIDs of many forks do not meet. */
function xoshiro128(state: State): () => number {
  let [a, b, c, d] = state;
  const rotate = (x: number, by: number) => (x << by) | (x >>> (32 - by));
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

/** Four FNV-1a runs from different offsets with a final mix: seeds that differ a little part far. */
function hash128(text: string): State {
  const lane = (offset: number) => {
    let hash = offset;
    for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  };
  return [lane(0x811c9dc5), lane(0x9e3779b9), lane(0x7f4a7c15), lane(0x94d049bb) | 1];
}
