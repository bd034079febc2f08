/** Bits of a hash that choose the register. */
const INDEX_BITS = 12;
const REGISTERS = 2 ** INDEX_BITS;
/** Bits that are left of a hash of 53. */
const RANK_BITS = 53 - INDEX_BITS;
const RANK_RANGE = 2 ** RANK_BITS;

/** Standard error of an estimate, as a share of the true number: 1.04 / √4096. */
export const RELATIVE_ERROR = 1.04 / Math.sqrt(REGISTERS);

/**
 * Counts distinct hashes in four kilobytes (Flajolet et al. 2007). Two of them merge into the one
 * that had seen both streams. There is no package for it that is kept up; this is the whole of it.
 */
export class HyperLogLog {
  readonly registers: Uint8Array;

  /** @param registers of a stored one; taken as they are and not copied */
  constructor(registers = new Uint8Array(REGISTERS)) {
    if (registers.length !== REGISTERS) throw new RangeError("Registers are not of this sketch");
    this.registers = registers;
  }

  /** @param hash 53 bits */
  add(hash: number): void {
    const index = Math.floor(hash / RANK_RANGE);
    const rank = rankOf(hash % RANK_RANGE);
    if (rank > this.registers[index]) this.registers[index] = rank;
  }

  merge({ registers }: HyperLogLog): void {
    for (let i = 0; i < REGISTERS; i++) {
      if (registers[i] > this.registers[i]) this.registers[i] = registers[i];
    }
  }

  /**
   * Ertl's improved raw estimator ("New cardinality estimation algorithms for HyperLogLog
   * sketches", 2017, algorithm 6): no tables, and no bias between small and large numbers.
   */
  estimate(): number {
    const counts = new Array<number>(RANK_BITS + 2).fill(0);
    for (const rank of this.registers) counts[rank]++;
    let z = REGISTERS * tau(1 - counts[RANK_BITS + 1] / REGISTERS);
    for (let rank = RANK_BITS; rank >= 1; rank--) z = (z + counts[rank]) / 2;
    z += REGISTERS * sigma(counts[0] / REGISTERS);
    return Math.round(REGISTERS * REGISTERS / (2 * Math.LN2 * z));
  }
}

/** Place of the first one bit, from 1; one more than there are bits when there is none. */
function rankOf(rest: number): number {
  const high = Math.floor(rest / 2 ** 32);
  const highBits = RANK_BITS - 32;
  if (high > 0) return Math.clz32(high) - (32 - highBits) + 1;
  return highBits + Math.clz32(rest) + 1;
}

function sigma(x: number): number {
  if (x === 1) return Infinity;
  let power = x, weight = 1, sum = x, before: number;
  do {
    power *= power;
    before = sum;
    sum += power * weight;
    weight *= 2;
  } while (sum !== before);
  return sum;
}

function tau(x: number): number {
  if (x === 0 || x === 1) return 0;
  let root = x, weight = 1, sum = 1 - x, before: number;
  do {
    root = Math.sqrt(root);
    before = sum;
    weight /= 2;
    sum -= (1 - root) ** 2 * weight;
  } while (sum !== before);
  return sum / 3;
}
