import assert from "node:assert/strict";
import fc from "fast-check";
import { createBuckets, TokenBucket } from "../../lib/token_bucket.ts";

const NOW = Date.parse("2025-01-19T10:30:00Z");

Deno.test("[T-M17] take() allows a burst, then the rate, and says how long to wait", () => {
  const bucket = new TokenBucket({ perSec: 10, burst: 3 });
  assert.equal(bucket.left(NOW), 3);
  for (let i = 0; i < 3; i++) assert.equal(bucket.take(NOW), 0);
  assert.equal(bucket.left(NOW), 0);
  assert.equal(bucket.take(NOW), 100);
  assert.equal(bucket.take(NOW + 40), 60);
  assert.equal(bucket.take(NOW + 100), 0);
  assert.equal(bucket.take(NOW + 100), 100);
  assert.equal(bucket.left(NOW + 10_000), 3, "never more than the burst");
});

Deno.test("take() works from whatever time its clock begins", () => {
  const bucket = new TokenBucket({ perSec: 1, burst: 1 });
  assert.equal(bucket.take(0), 0);
  assert.equal(bucket.take(0), 1_000);
  assert.equal(bucket.take(1_000), 0);
});

Deno.test("take() takes nothing away when the clock is set back", () => {
  const bucket = new TokenBucket({ perSec: 10, burst: 2 });
  bucket.take(NOW);
  assert.equal(bucket.take(NOW - 3_600_000), 0);
  assert.equal(bucket.take(NOW - 3_600_000), 100);
  assert.equal(bucket.take(NOW - 3_600_000 + 100), 0);
});

Deno.test("take() never gives more than burst and rate, and keeps its word on the wait", () => {
  const limits = fc.record({
    perSec: fc.double({ min: 0.01, max: 1_000, noNaN: true }),
    burst: fc.integer({ min: 1, max: 200 }),
  });
  fc.assert(fc.property(limits, fc.array(fc.nat(500)), (limits, pauses) => {
    const bucket = new TokenBucket(limits);
    let now = NOW, taken = 0;
    for (const pause of pauses) {
      now += pause;
      const waitMs = bucket.take(now);
      if (waitMs === 0) taken++;
      else {
        assert.ok(Number.isInteger(waitMs) && waitMs > 0);
        // A millisecond more for what binary fractions lose.
        now += waitMs + 1;
        assert.equal(bucket.take(now), 0);
        taken++;
      }
    }
    assert.ok(taken <= limits.burst + (now - NOW) / 1_000 * limits.perSec + 1e-6);
  }));
});

Deno.test("createBuckets() keeps keys apart and forgets the one unused for longest", () => {
  const bucketOf = createBuckets({ perSec: 1, burst: 1 }, 2);
  const take = (key: string) => bucketOf(key).take(NOW);
  assert.equal(take("a"), 0);
  assert.equal(take("b"), 0);
  assert.equal(take("a"), 1_000);
  assert.equal(take("c"), 0, "takes the place of b");
  assert.equal(take("a"), 1_000);
  assert.equal(take("b"), 0, "is new again");
});
