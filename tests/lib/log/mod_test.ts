import assert from "node:assert/strict";
import { AppError } from "../../../lib/errors.ts";
import { eventually, turn } from "../../support/eventually.ts";
import { closedGate } from "../../support/gate.ts";
import { readNumbers, said, sayings, testLog } from "../../support/test_log.ts";
import { rowNumbers, testProjection } from "../../support/test_projection.ts";

const PATIENT = { limits: { patienceMs: 60_000, retryMs: 1 } };
const IMPATIENT = { limits: { patienceMs: 20, retryMs: 1 } };

Deno.test("follow() catches up before it resolves, then follows", async () => {
  await using test = await testLog();
  const { log, store } = test;
  await log.append(sayings(3));
  const rows = await log.follow(testProjection().spec);
  assert.equal(rows.position(), 3);
  await log.append([said(4)]);
  await eventually(() => rows.position() === 4, "the new fact has its row");
  assert.deepEqual(await rowNumbers(store.kv), [1, 2, 3, 4]);
});

Deno.test("follow() tries a failed step again and reports each failure", async () => {
  await using test = await testLog(PATIENT);
  const rows = testProjection();
  const { barrier } = await test.log.follow(rows.spec);
  let failures = 2;
  rows.before = () => {
    if (failures-- > 0) throw new AppError("UNAVAILABLE", "Storage does not answer");
  };
  await test.log.append([said(1)]);
  await barrier();
  assert.deepEqual(await rowNumbers(test.store.kv), [1]);
  const report = 'Projection "rows" failed, it is tried again: Storage does not answer';
  assert.deepEqual(test.reports, [report, report]);
});

Deno.test("follow() lets facts gather until somebody wants the rows", async () => {
  await using test = await testLog({ limits: { gatherMs: 60_000, gatherFacts: 3 } });
  const { log } = test;
  const projection = testProjection();
  const rows = await log.follow(projection.spec);
  await log.append([said(1)]);
  await eventually(() => rows.position() === 1, "the first fact is not kept waiting");
  await log.append([said(2)]);
  for (let i = 0; i < 10; i++) await turn();
  assert.equal(rows.position(), 1);
  await rows.barrier();
  assert.equal(rows.position(), 2);
  await log.append([said(3)]);
  await eventually(() => rows.position() === 3, "who had nothing to do begins at once");
  await log.append([said(4)]);
  await log.append([said(5)]);
  for (let i = 0; i < 10; i++) await turn();
  assert.equal(rows.position(), 3);
  await log.append([said(6)]);
  await eventually(() => rows.position() === 6, "three are enough");
  assert.deepEqual(projection.committed, [[1], [2], [3], [4, 5, 6]]);
});

Deno.test("follow() lets facts gather for no longer than is set", async () => {
  await using test = await testLog({ limits: { gatherMs: 1 } });
  const rows = await test.log.follow(testProjection().spec);
  for (let n = 1; n <= 3; n++) {
    await test.log.append([said(n)]);
    await eventually(() => rows.position() === n, `fact ${n} has its row`);
  }
});

Deno.test("barrier() waits for the rows of what was acknowledged", async () => {
  await using test = await testLog(PATIENT);
  const { log, store } = test;
  const projection = testProjection();
  const rows = await log.follow(projection.spec);
  using blocked = closedGate();
  projection.before = blocked.wait;
  await log.append([said(1)]);
  let passed = false;
  const barrier = rows.barrier().then(() => passed = true);
  for (let i = 0; i < 5; i++) await turn();
  assert.equal(passed, false);
  assert.deepEqual(await rowNumbers(store.kv), []);
  blocked.open();
  await barrier;
  assert.deepEqual(await rowNumbers(store.kv), [1]);
  await rows.barrier();
});

Deno.test("barrier() waits for no more than its head and gives up in time", async () => {
  await using test = await testLog(IMPATIENT);
  const projection = testProjection();
  const rows = await test.log.follow(projection.spec);
  using blocked = closedGate();
  projection.before = blocked.wait;
  await rows.barrier();
  await test.log.append([said(1)]);
  await assert.rejects(rows.barrier(), {
    code: "UNAVAILABLE",
    message: "Rows are behind the log, try again",
    details: { retryAfterMs: 2_000 },
  });
  blocked.open();
});

Deno.test("flushedBarrier() waits for what is not acknowledged yet as well", async () => {
  await using test = await testLog(PATIENT);
  const { log, store } = test;
  const rows = await log.follow(testProjection().spec);
  const before = store.commits();
  using commits = store.hold();
  log.append([said(1)]);
  await eventually(() => store.commits() > before, "the commit is under way");
  log.append([said(2)]);
  let passed = false;
  const barrier = rows.flushedBarrier().then(() => passed = true);
  await rows.barrier();
  for (let i = 0; i < 5; i++) await turn();
  assert.equal(passed, false);
  commits.open();
  await barrier;
  assert.deepEqual(await rowNumbers(store.kv), [1, 2]);
});

Deno.test("flushedBarrier() passes when what was appended is refused", async () => {
  await using test = await testLog(PATIENT);
  const rows = await test.log.follow(testProjection().spec);
  test.store.spoil("fail");
  const refused = assert.rejects(test.log.append([said(1)]), { code: "UNAVAILABLE" });
  await rows.flushedBarrier();
  await refused;
});

for (const barrier of ["barrier", "flushedBarrier"] as const) {
  Deno.test(`${barrier}() shows what was stored though its commit threw`, async () => {
    await using test = await testLog(PATIENT);
    const rows = await test.log.follow(testProjection().spec);
    await test.log.append([said(1)]);
    await rows.barrier();
    test.store.spoil("lose");
    await assert.rejects(test.log.append([said(2)]), { code: "UNAVAILABLE" });
    await rows[barrier]();
    assert.deepEqual(await rowNumbers(test.store.kv), [1, 2]);
    assert.equal(test.log.head(), 2);
  });
}

Deno.test("barrier() does not guess while the store does not tell what it has", async () => {
  await using test = await testLog(PATIENT);
  const { log, store } = test;
  const rows = await log.follow(testProjection().spec);
  store.spoil("lose");
  await assert.rejects(log.append([said(1)]), { code: "UNAVAILABLE" });
  const { get } = store.kv;
  Object.assign(store.kv, { get: () => Promise.reject(new Error("disk I/O error")) });
  await assert.rejects(rows.barrier(), { code: "UNAVAILABLE" });
  await assert.rejects(rows.flushedBarrier(), { code: "UNAVAILABLE" });
  Object.assign(store.kv, { get });
  await rows.flushedBarrier();
  assert.deepEqual(await rowNumbers(store.kv), [1]);
});

Deno.test("append() waits while the slowest projection is too far behind", async () => {
  await using test = await testLog({ limits: { ...PATIENT.limits, maxLag: 3 } });
  const { log } = test;
  await log.follow(testProjection({ name: "quick" }).spec);
  const slow = testProjection({ name: "slow" });
  await log.follow(slow.spec);
  using blocked = closedGate();
  slow.before = blocked.wait;
  await log.append(sayings(3));
  await eventually(() => log.stats().lag === 3, "the quick one is through");
  let stored = false;
  const appended = log.append([said(4)]).then(() => stored = true);
  for (let i = 0; i < 5; i++) await turn();
  assert.equal(stored, false);
  assert.deepEqual(log.stats(), {
    head: 3,
    waiting: 1,
    lag: 3,
    parked: 0,
    failure: null,
    projectionFailure: null,
  });
  blocked.open();
  await appended;
  await eventually(() => log.stats().lag === 0, "both are through");
});

Deno.test("append() refuses when the projection does not come after in time", async () => {
  await using test = await testLog({ limits: { ...IMPATIENT.limits, maxLag: 1 } });
  const { log } = test;
  const slow = testProjection();
  const rows = await log.follow(slow.spec);
  using blocked = closedGate();
  slow.before = blocked.wait;
  await log.append([said(1)]);
  await assert.rejects(log.append([said(2)]), (error: AppError) => {
    assert.equal(error.code, "UNAVAILABLE");
    assert.match(String(error.cause), /Storage is too far behind/);
    return true;
  });
  assert.match(String(log.stats().failure), /too far behind/);
  blocked.open();
  await eventually(() => rows.position() === 1, "it has come after");
  assert.equal(await log.append([said(3)]), 2);
  assert.equal(log.stats().failure, null);
  assert.deepEqual(await readNumbers(log), [1, 3]);
});

Deno.test("wait() ends at once behind the head, else at the next commit or the signal", async () => {
  await using test = await testLog();
  const { log } = test;
  const never = new AbortController().signal;
  let woken = false;
  const waiting = log.wait(0, never).then(() => woken = true);
  await turn();
  assert.equal(woken, false);
  await log.append([said(1)]);
  await waiting;
  await log.wait(0, never);
  await log.wait(1, AbortSignal.abort());
});

Deno.test("close() lets the followers reach what was appended", async () => {
  await using test = await testLog();
  const { log, store } = test;
  const rows = await log.follow(testProjection().spec);
  const appended = log.append(sayings(2_000));
  await log.close();
  assert.equal(await appended, 2_000);
  assert.equal(rows.position(), 2_000);
  assert.equal((await rowNumbers(store.kv)).length, 2_000);
});

Deno.test("close() leaves to the next start what the followers cannot reach in time", async () => {
  await using test = await testLog({ limits: { drainMs: 0 } });
  const slow = testProjection();
  const rows = await test.log.follow(slow.spec);
  using blocked = closedGate();
  let isUnderWay = false;
  slow.before = () => {
    isUnderWay = true;
    return blocked.wait();
  };
  await test.log.append([said(1)]);
  await eventually(() => isUnderWay, "a step is under way");
  await test.log.append([said(2)]);
  const closed = test.log.close();
  blocked.open();
  await closed;
  assert.equal(rows.position(), 1);
  assert.deepEqual(await readNumbers(test.log), [1, 2]);
  const again = await (await test.reopen()).follow(testProjection().spec);
  assert.equal(again.position(), 2);
  assert.deepEqual(await rowNumbers(test.store.kv), [1, 2]);
});

Deno.test("close() ends although a projection keeps failing", async () => {
  await using test = await testLog(PATIENT);
  const projection = testProjection();
  await test.log.follow(projection.spec);
  projection.before = () => {
    throw new AppError("UNAVAILABLE", "Storage does not answer");
  };
  await test.log.append([said(1)]);
  await eventually(() => test.reports.length > 1, "it has failed and was tried again");
  await test.log.close();
});
