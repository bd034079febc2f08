import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { MAX_VALUE_BYTES } from "../../../lib/kv/limits.ts";
import { encodeFact, type Fact, type FactLog } from "../../../lib/log/mod.ts";
import { closedGate } from "../../support/gate.ts";
import { readNumbers, said, sayings, type TestLog, testLog } from "../../support/test_log.ts";
import { testProjection } from "../../support/test_projection.ts";

const MINUTE = 60_000;

/** Appends facts 1 to `count`, one entry a minute, and lets a projection pass them all. */
async function fillByMinutes(test: TestLog, count: number): Promise<void> {
  const rows = await test.log.follow(testProjection().spec);
  for (const fact of sayings(count)) {
    await test.log.append([fact]);
    test.clock.advance(MINUTE);
  }
  await rows.barrier();
}

Deno.test("read() gives the same from memory and from the store", async () => {
  await using test = await testLog();
  const { log } = test;
  const text = '단어 "카드" \u2028 \ud83d\udc69';
  await log.append([{ ...said(1), text, 2: "two", list: [1.5, null] } as Fact]);
  await log.append(sayings(3, 30_000));
  const stored = await test.reopen();
  for (let position = 0; position <= 4; position++) {
    for (const limit of [1, 2, 1_000]) {
      const near = await log.read(position, limit);
      const far = await stored.read(position, limit);
      assert.deepEqual(far, near, `${limit} after ${position}`);
      assert.equal(near.length, Math.min(limit, 4 - position));
    }
  }
});

Deno.test("read() is empty at the head and beyond", async () => {
  await using test = await testLog();
  const { log } = test;
  assert.deepEqual(await log.read(0, 10), []);
  await log.append(sayings(2));
  for (const reader of [log, await test.reopen()]) {
    assert.deepEqual(await reader.read(2, 10), []);
    assert.deepEqual(await reader.read(99, 10), []);
  }
});

Deno.test("read() checks what the store holds with the schema of the fact's domain", async () => {
  const schemas = { test: z.object({ type: z.literal("test.said"), n: z.number() }) };
  await using test = await testLog({ schemas });
  const { log } = test;
  const odd = { ...said(0), n: "zero" };
  await log.append([said(1), { type: "gone.said" }, said(2)]);
  const stored = await test.reopen();
  assert.equal((await stored.read(0, 10)).length, 3, "a domain that is gone keeps its positions");
  await log.append([odd]);
  assert.equal((await log.read(3, 1))[0].fact, odd, "what was appended here is not checked again");
  const [record] = await stored.read(3, 10);
  assert.equal(record.position, 4, "it keeps its place");
  assert.equal(record.fact.type, "log.unreadable", "nobody takes it for what it is not");
  assert.deepEqual(record.encoded, encodeFact(odd));
  assert.match(String(record.fault), /Fact "test.said" is not of its form/);
});

Deno.test("[T-M18] read() gives what was appended, from any position, gapless and in order", async () => {
  const bytes = fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 300 }) },
    { weight: 1, arbitrary: fc.integer({ min: 300, max: 61_000 }) },
  );
  const appends = fc.array(fc.array(bytes, { maxLength: 8 }), { maxLength: 12 });
  const probes = fc.array(fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 20 })), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(appends, probes, fc.boolean(), async (appends, probes, atOnce) => {
      await using test = await testLog();
      let n = 0;
      const facts = appends.map((sizes) => sizes.map((size) => said(++n, size)));
      if (atOnce) await Promise.all(facts.map((group) => test.log.append(group)));
      else for (const group of facts) await test.log.append(group);
      assert.equal(test.log.head(), n);
      const expected = facts.flat().map((fact, index) => ({ position: index + 1, fact }));
      for (const reader of [test.log, await test.reopen()]) {
        for (const [at, limit] of [[0, 1_000], ...probes]) {
          const found = (await reader.read(at, limit)).map(({ position, fact }) => ({
            position,
            fact,
          }));
          assert.deepEqual(found, expected.slice(at, at + limit));
        }
      }
      for await (
        const { value } of test.store.kv.list<Uint8Array>({ prefix: ["log", "entries"] })
      ) {
        assert.ok(value.length <= MAX_VALUE_BYTES);
      }
    }),
    { numRuns: 30 },
  );
});

Deno.test("trim() deletes what is older than a time and never the newest entry", async () => {
  const table: [minutes: number, trimmed: number, left: number[]][] = [
    [0, 0, [1, 2, 3, 4]],
    [2, 2, [3, 4]],
    [99, 3, [4]],
  ];
  for (const [minutes, trimmed, left] of table) {
    await using test = await testLog();
    const startedAt = test.clock.now();
    await fillByMinutes(test, 4);
    assert.equal(await test.log.trim(startedAt + minutes * MINUTE), trimmed);
    const stored = await test.reopen();
    assert.deepEqual(await readNumbers(stored), left);
    assert.deepEqual(await readNumbers(stored, 3), [4]);
    assert.equal(await stored.oldest(), left[0]);
    assert.equal(stored.head(), 4);
  }
});

Deno.test("trim() leaves what a projection has not passed, and all where there is none", async () => {
  await using test = await testLog();
  assert.equal(await test.log.oldest(), null);
  await test.log.append([said(1)]);
  await test.log.append([said(2), said(3)]);
  test.clock.advance(MINUTE);
  const trim = (log: FactLog) => log.trim(test.clock.now());
  assert.equal(await trim(test.log), 0);
  using blocked = closedGate();
  const slow = testProjection();
  await test.log.follow(slow.spec);
  slow.before = blocked.wait;
  await test.log.append([said(4)]);
  await test.log.append([said(5)]);
  test.clock.advance(MINUTE);
  assert.equal(await trim(test.log), 2, "4 is not passed");
  assert.equal(await test.log.oldest(), 4);
  blocked.open();
});

Deno.test("trim() takes a long backlog in portions", async () => {
  await using test = await testLog();
  await fillByMinutes(test, 102);
  const trim = () => test.log.trim(test.clock.now());
  assert.deepEqual([await trim(), await trim(), await trim()], [100, 1, 0]);
});

Deno.test("follow() makes rows anew for a projection that comes after a trim", async () => {
  await using test = await testLog();
  await fillByMinutes(test, 4);
  await test.log.trim(test.clock.now());
  const late = testProjection({ name: "late" });
  const rows = await (await test.reopen()).follow(late.spec);
  assert.equal(late.rebuilds(), 1);
  assert.deepEqual(late.committed, [[4]]);
  assert.equal(rows.position(), 4, "it does not hold the writer up");
});
