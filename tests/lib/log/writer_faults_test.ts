import assert from "node:assert/strict";
import fc from "fast-check";
import type { AppError } from "../../../lib/errors.ts";
import type { Fault } from "../../support/faulty_kv.ts";
import { eventually } from "../../support/eventually.ts";
import type { FactLog } from "../../../lib/log/mod.ts";
import { readNumbers, said, testLog } from "../../support/test_log.ts";
import { rowNumbers, testProjection } from "../../support/test_projection.ts";

const unavailable = { code: "UNAVAILABLE", details: { retryAfterMs: 2_000 } };

Deno.test("[T-M18] append() refuses all who wait when a commit fails, then goes on", async () => {
  await using test = await testLog();
  const { log, store } = test;
  using commits = store.hold();
  store.spoil("fail");
  const failing = log.append([said(1)]);
  await eventually(() => store.commits() === 1, "the commit is under way");
  const waiting = [log.append([said(2)]), log.append([said(3)])];
  const refused = Promise.all(
    [failing, ...waiting].map((append) => assert.rejects(append, unavailable)),
  );
  commits.open();
  await refused;
  assert.match(String(log.stats().failure), /disk I\/O error/);
  assert.equal(log.stats().waiting, 0);
  assert.equal(await log.append([said(4)]), 1);
  assert.equal(log.stats().failure, null);
  assert.deepEqual(await readNumbers(log), [4]);
});

Deno.test("append() keeps the cause of a refusal for the operator", async () => {
  await using test = await testLog();
  test.store.spoil("fail");
  await assert.rejects(test.log.append([said(1)]), (error: AppError) => {
    assert.equal(error.message, "Storage does not accept writes, try again");
    assert.match(String(error.cause), /disk I\/O error/);
    return true;
  });
});

Deno.test("append() goes on behind a commit that was stored though it threw", async () => {
  await using test = await testLog();
  const { log, store } = test;
  await log.append([said(1)]);
  store.spoil("lose");
  await assert.rejects(log.append([said(2)]), unavailable);
  assert.equal(await log.append([said(3)]), 3);
  for (const reader of [log, await test.reopen()]) {
    assert.deepEqual(await readNumbers(reader), [1, 2, 3]);
    assert.deepEqual(await readNumbers(reader, 1), [2, 3]);
    assert.deepEqual(await readNumbers(reader, 2), [3]);
  }
});

Deno.test("append() shows followers what was stored though it threw, before the next commit", async () => {
  await using test = await testLog();
  const { log, store } = test;
  await log.append([said(1)]);
  store.spoil("lose");
  await assert.rejects(log.append([said(2)]), unavailable);
  const woken = log.wait(1, AbortSignal.timeout(5_000));
  await log.append([]);
  await woken;
  assert.equal(log.head(), 2);
  assert.deepEqual(await readNumbers(log, 1), [2]);
});

Deno.test("append() acknowledges a commit that was stored though the store said no", async () => {
  await using test = await testLog();
  const { log, store } = test;
  store.spoil("deny");
  assert.equal(await log.append([said(1)]), 1);
  assert.equal(await log.append([said(2)]), 2);
  assert.deepEqual(await readNumbers(await test.reopen()), [1, 2]);
});

Deno.test("append() is not taken in by an earlier commit that comes through late", async () => {
  await using test = await testLog();
  const { log, store } = test;
  store.spoil("late");
  await assert.rejects(log.append([said(1)]), unavailable);
  // The late one takes position 1 before this one can: it must not be acknowledged.
  await assert.rejects(log.append([said(2)]), unavailable);
  assert.equal(await log.append([said(3)]), 2);
  assert.deepEqual(await readNumbers(log), [1, 3]);
  assert.deepEqual(await readNumbers(await test.reopen()), [1, 3]);
});

/** What every append is refused with, once another process has written. */
const intruded = {
  code: "UNAVAILABLE",
  message: "Another process has written to the store, the server must be restarted",
  details: { retryAfterMs: 30_000 },
};

async function assertIntruded(log: FactLog): Promise<void> {
  for (const facts of [[said(8)], [said(9)], []]) {
    await assert.rejects(log.append(facts), intruded);
  }
  assert.match(String(log.stats().failure), /Another process/);
}

Deno.test("append() notices a second writer, loses none of its facts and takes none from then on", async () => {
  await using test = await testLog();
  const { log } = test;
  await log.append([said(1)]);
  const other = await test.reopen();
  await log.append([said(2)]);
  await assertIntruded(other);
  assert.equal(await log.append([said(3)]), 3);
  assert.deepEqual(await readNumbers(log), [1, 2, 3]);
  assert.deepEqual(test.reports, [
    `Log takes nothing more until a restart: ${intruded.message}`,
  ]);
  const restarted = await test.reopen();
  assert.equal(await restarted.append([said(4)]), 4);
});

Deno.test("append() notices a second writer also behind a commit that failed", async () => {
  await using test = await testLog();
  const { log, store } = test;
  const other = await test.reopen();
  store.spoil("fail");
  await assert.rejects(other.append([said(1)]), unavailable);
  await log.append([said(2)]);
  await assertIntruded(other);
  assert.deepEqual(await readNumbers(log), [2]);
});

Deno.test("readers go on with what was acknowledged when another process has written", async () => {
  await using test = await testLog();
  const other = await test.reopen();
  const rows = await other.follow(testProjection().spec);
  await other.append([said(1)]);
  const restarted = await test.reopen();
  await restarted.append([said(2)]);
  await assertIntruded(other);
  await rows.barrier();
  await rows.flushedBarrier();
  assert.ok(rows.position() >= 1);
  assert.equal((await rowNumbers(test.store.kv))[0], 1);
});

Deno.test("epoch() is made with the file and outlives the process", async () => {
  await using test = await testLog();
  const epoch = test.log.epoch();
  assert.match(epoch, /^[0-9a-f-]{36}$/);
  await test.log.append([said(1)]);
  const next = await test.reopen();
  assert.equal(next.epoch(), epoch);
  assert.equal(next.head(), 1);
});

Deno.test("[T-M18] append() keeps its word whatever the store does", async () => {
  const fault = fc.constantFrom<Fault[]>("none", "fail", "lose", "deny", "late");
  const rounds = fc.array(fc.record({ count: fc.integer({ min: 0, max: 3 }), fault }), {
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(rounds, async (rounds) => {
      await using test = await testLog();
      const { log, store } = test;
      const acknowledged: [position: number, n: number][] = [];
      let n = 0;
      for (const { count, fault } of rounds) {
        if (count > 0) store.spoil(fault);
        const appends = Array.from({ length: count }, async () => {
          const own = ++n;
          await log.append([said(own)]).then((at) => acknowledged.push([at, own]), () => {});
        });
        await Promise.all(appends);
      }
      const stored = await readNumbers(await test.reopen());
      assert.equal(new Set(stored).size, stored.length, "nothing twice");
      assert.deepEqual(stored, stored.toSorted((a, b) => a - b), "in order");
      for (const [position, own] of acknowledged) assert.equal(stored[position - 1], own);
      await log.append([said(++n)]).catch(() => log.append([said(n)]));
      assert.deepEqual(await readNumbers(log), await readNumbers(await test.reopen()));
    }),
    { numRuns: 60 },
  );
});
