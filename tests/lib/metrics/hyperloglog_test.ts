import assert from "node:assert/strict";
import { hash53 } from "../../../lib/metrics/hash.ts";
import { HyperLogLog, RELATIVE_ERROR } from "../../../lib/metrics/hyperloglog.ts";

function sketchOf(from: number, to: number, prefix = "user"): HyperLogLog {
  const sketch = new HyperLogLog();
  for (let i = from; i < to; i++) sketch.add(hash53(`${prefix} ${i}`));
  return sketch;
}

const SIZES = [1, 10, 100, 1_000, 3_000, 10_000, 20_000, 40_000];
const ROUNDS = 20;

for (const size of SIZES) {
  Deno.test(`[E-08] an estimate of ${size} has the error that is stated, and no bias`, () => {
    let sum = 0, squares = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const error = sketchOf(0, size, `round ${round}`).estimate() / size - 1;
      // Four standard errors: one run of twenty thousand is further off.
      assert.ok(Math.abs(error) < 4 * RELATIVE_ERROR, `off by ${error}`);
      sum += error;
      squares += error ** 2;
    }
    const bias = Math.abs(sum / ROUNDS);
    assert.ok(bias < 3 * RELATIVE_ERROR / Math.sqrt(ROUNDS), `bias ${bias}`);
    assert.ok(Math.sqrt(squares / ROUNDS) < 1.5 * RELATIVE_ERROR);
  });
}

Deno.test("[E-08] the stated error is below two percent", () => {
  assert.ok(RELATIVE_ERROR < 0.02);
});

Deno.test("[E-08] two sketches merge into the one that has seen both", () => {
  const both = sketchOf(0, 9_000);
  const merged = sketchOf(0, 6_000);
  merged.merge(sketchOf(4_000, 9_000));
  assert.deepEqual(merged.registers, both.registers);
  merged.merge(both);
  assert.equal(merged.estimate(), both.estimate());
});

Deno.test("[E-08] nobody is counted as nobody, and a repeat not again", () => {
  const sketch = new HyperLogLog();
  assert.equal(sketch.estimate(), 0);
  for (let i = 0; i < 100; i++) sketch.add(hash53("the same"));
  assert.equal(sketch.estimate(), 1);
});

Deno.test("[E-08] the ends of the range of hashes are counted too", () => {
  const sketch = new HyperLogLog();
  sketch.add(0);
  sketch.add(Number.MAX_SAFE_INTEGER);
  assert.equal(sketch.registers[0], 42);
  assert.equal(sketch.registers[4095], 1);
  assert.equal(sketch.estimate(), 2);
});

Deno.test("[E-08] registers of another size are refused", () => {
  assert.throws(() => new HyperLogLog(new Uint8Array(16)), RangeError);
});
