import assert from "node:assert/strict";
import { createRandom } from "../../../tools/simulate/random.ts";

Deno.test("createRandom() gives the same numbers again for the same seed", () => {
  const draw = (seed: string) => Array.from({ length: 50 }, createRandom(seed).next);
  assert.deepEqual(draw("7"), draw("7"));
  assert.notDeepEqual(draw("7"), draw("8"));
});

Deno.test("createRandom() spreads evenly from 0 to below 1", () => {
  const random = createRandom("spread");
  const buckets = new Array<number>(10).fill(0);
  for (let i = 0; i < 20_000; i++) buckets[Math.floor(random.next() * 10)]++;
  for (const count of buckets) assert.ok(count > 1800 && count < 2200, `${buckets}`);
});

Deno.test("createRandom() draws whole numbers with both ends", () => {
  const random = createRandom("int");
  const drawn = new Set(Array.from({ length: 500 }, () => random.int(2, 5)));
  assert.deepEqual([...drawn].sort(), [2, 3, 4, 5]);
});

Deno.test("createRandom() picks by weight", () => {
  const random = createRandom("weights");
  const count = { a: 0, b: 0, never: 0 };
  for (let i = 0; i < 4000; i++) {
    count[random.weighted([["a", 3], ["b", 1], ["never", 0]] as const)]++;
  }
  assert.equal(count.never, 0);
  assert.ok(Math.abs(count.a / 4000 - 0.75) < 0.03, String(count.a));
});

Deno.test("createRandom() gives UUIDs of version 4 that do not repeat across forks", () => {
  const root = createRandom("ids");
  const ids = new Set<string>();
  for (let i = 0; i < 2000; i++) {
    const fork = root.fork(`visitor ${i}`);
    for (let k = 0; k < 10; k++) ids.add(fork.uuid());
  }
  assert.equal(ids.size, 20_000);
  for (const id of ids) {
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

Deno.test("a fork does not move its parent, and depends on its name only", () => {
  const one = createRandom("root");
  const other = createRandom("root");
  one.fork("a").next();
  assert.equal(one.next(), other.next());
  assert.equal(one.fork("b").next(), other.fork("b").next());
  assert.notEqual(one.fork("b").next(), one.fork("c").next());
});
