import assert from "node:assert/strict";
import { openStoredLog } from "../../../lib/log/mod.ts";
import { sayings, testLog } from "../../support/test_log.ts";
import { testProjection } from "../../support/test_projection.ts";

Deno.test("a stored log says what it holds and how far a projection has come", async () => {
  await using test = await testLog();
  const stored = openStoredLog(test.store.kv, {});
  assert.deepEqual([await stored.head(), await stored.oldest()], [null, null]);
  assert.deepEqual(await stored.cursor("rows"), { position: 0, version: null });
  const { spec } = testProjection();
  const rows = await test.log.follow(spec);
  await test.log.append(sayings(3));
  await rows.barrier();
  assert.deepEqual([await stored.head(), await stored.oldest()], [3, 1]);
  assert.deepEqual(await stored.cursor("rows"), { position: 3, version: spec.version });
  const records = await stored.read(1, 10);
  assert.deepEqual(records.map(({ position }) => position), [2, 3]);
});

Deno.test("[M-70] a log that went back in time gets another epoch, and keeps its place", async () => {
  await using test = await testLog();
  const stored = openStoredLog(test.store.kv, {});
  // There is nothing yet that a reader could remember.
  await stored.renewEpoch("epoch of none");
  assert.equal(await stored.head(), null);
  await test.log.append(sayings(2));
  const before = test.log.epoch();
  await stored.renewEpoch("another");
  const reopened = await test.reopen();
  assert.notEqual(before, "another");
  assert.deepEqual([reopened.epoch(), reopened.head()], ["another", 2]);
});
