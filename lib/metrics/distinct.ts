import { z } from "zod";
import { HyperLogLog } from "./hyperloglog.ts";

/** Up to so many are counted one by one; beyond it they are estimated. */
export const MAX_EXACT = 1_000;

/** How a number of distinct users was found. */
export type CountMethod = "exact" | "hyperloglog";

const HASH_BYTES = 8;

/** Base64 of either the hashes, sorted, or the registers. */
export const distinctSchema = z.object({
  method: z.enum(["exact", "hyperloglog"]),
  data: z.string(),
});
export type StoredDistinct = z.infer<typeof distinctSchema>;

/** Distinct hashes of 53 bits: a set up to `MAX_EXACT`, a HyperLogLog beyond it. Mergeable. */
export class Distinct {
  #hashes = new Set<number>();
  /** Null as long as the set is small enough. */
  #sketch: HyperLogLog | null = null;

  get method(): CountMethod {
    return this.#sketch === null ? "exact" : "hyperloglog";
  }

  get size(): number {
    return this.#sketch === null ? this.#hashes.size : this.#sketch.estimate();
  }

  add(hash: number): void {
    if (this.#sketch !== null) return this.#sketch.add(hash);
    this.#hashes.add(hash);
    if (this.#hashes.size <= MAX_EXACT) return;
    const sketch = new HyperLogLog();
    for (const known of this.#hashes) sketch.add(known);
    this.#sketch = sketch;
    this.#hashes = new Set();
  }

  merge(other: Distinct): void {
    if (other.#sketch === null) {
      for (const hash of other.#hashes) this.add(hash);
      return;
    }
    const sketch = this.#sketch ?? new HyperLogLog();
    for (const hash of this.#hashes) sketch.add(hash);
    sketch.merge(other.#sketch);
    this.#sketch = sketch;
    this.#hashes = new Set();
  }

  store(): StoredDistinct {
    if (this.#sketch !== null) {
      return { method: "hyperloglog", data: this.#sketch.registers.toBase64() };
    }
    const sorted = Float64Array.from(this.#hashes).sort();
    return { method: "exact", data: new Uint8Array(sorted.buffer).toBase64() };
  }

  /** @throws RangeError for data that is not of its method */
  static restore({ method, data }: StoredDistinct): Distinct {
    const distinct = new Distinct();
    const bytes = Uint8Array.fromBase64(data);
    if (method === "hyperloglog") distinct.#sketch = new HyperLogLog(bytes);
    else distinct.#hashes = new Set(new Float64Array(bytes.buffer, 0, bytes.length / HASH_BYTES));
    return distinct;
  }
}
