import assert from "node:assert/strict";
import { MAX_COMMIT_BYTES, MAX_PACKED_BYTES } from "../../../lib/kv/limits.ts";
import { eventually, turn } from "../../support/eventually.ts";
import { readNumbers, said, sayings, testLog } from "../../support/test_log.ts";

/** A fact whose JSON has exactly so many bytes. */
function factOf(bytes: number) {
  return { type: "x".repeat(bytes - '{"type":""}'.length) };
}

const tooLarge = { code: "PAYLOAD_TOO_LARGE" };

Deno.test("append() gives the position of its last fact, counting from 1", async () => {
  await using test = await testLog();
  const { log } = test;
  assert.equal(log.head(), 0);
  assert.equal(await log.append([said(1)]), 1);
  assert.equal(await log.append([said(2), said(3)]), 3);
  assert.equal(await log.append([]), 3);
  assert.equal(log.head(), 3);
  assert.deepEqual(await readNumbers(log), [1, 2, 3]);
});

Deno.test("[M-66][T-M18] append() shares the next commit with all that came during this one", async () => {
  await using test = await testLog();
  const { log, store } = test;
  using commits = store.hold();
  const first = log.append([said(1)]);
  await eventually(() => store.commits() === 1, "the first commit is under way");
  const others = [];
  for (let n = 2; n <= 51; n++) {
    others.push(log.append([said(n)]));
    await turn();
  }
  assert.equal(store.commits(), 1, "one commit at a time");
  assert.equal(log.stats().waiting, 50);
  commits.open();
  assert.equal(await first, 1);
  assert.deepEqual(await Promise.all(others), Array.from({ length: 50 }, (_, i) => i + 2));
  assert.equal(store.commits(), 2);
  assert.equal(log.stats().waiting, 0);
});

Deno.test("append() puts what comes in one turn into one commit", async () => {
  await using test = await testLog();
  const { log, store } = test;
  await Promise.all([log.append([said(1)]), log.append([said(2)]), log.append([said(3)])]);
  assert.equal(store.commits(), 1);
});

Deno.test("[T-M18] append() resolves after the commit, in the order of the calls", async () => {
  await using test = await testLog();
  const { log, store } = test;
  using commits = store.hold();
  const resolved: number[] = [];
  const appends = [3, 1, 2].map((count) =>
    log.append(sayings(count)).then((at) => resolved.push(at))
  );
  await eventually(() => store.commits() === 1, "the commit is under way");
  for (let i = 0; i < 10; i++) await turn();
  assert.deepEqual(resolved, [], "nothing is acknowledged before it is stored");
  assert.equal(log.head(), 0);
  commits.open();
  await Promise.all(appends);
  assert.deepEqual(resolved, [3, 4, 6]);
});

Deno.test("append() is never left lying, however long after an acknowledgement it comes", async () => {
  await using test = await testLog();
  const { log } = test;
  // Each layer of async functions above `append` is one more turn of promises to be late by.
  const throughLayers = async (layers: number): Promise<number> =>
    layers === 0 ? await log.append([said(0)]) : await throughLayers(layers - 1);
  for (let layers = 0; layers < 12; layers++) {
    await throughLayers(layers);
    let stored = false;
    log.append([said(1)]).then(() => stored = true);
    await eventually(() => stored, `the append behind ${layers} layers is stored`);
  }
});

Deno.test("append() refuses a fact over 60 KiB at once and takes its neighbours", async () => {
  await using test = await testLog();
  const { log, store } = test;
  const before = log.append([factOf(20)]);
  assert.throws(() => log.append([factOf(20), factOf(MAX_PACKED_BYTES + 1)]), {
    ...tooLarge,
    message: "Event is too large to store",
  });
  const hangul = { type: "단".repeat(MAX_PACKED_BYTES / 3) };
  assert.throws(() => log.append([hangul]), tooLarge, "bytes count, not characters");
  const after = log.append([factOf(MAX_PACKED_BYTES)]);
  assert.deepEqual(await Promise.all([before, after]), [1, 2]);
  assert.equal(store.commits(), 1);
});

Deno.test("append() refuses at once what is too large together for one commit", async () => {
  await using test = await testLog();
  const { log } = test;
  const full = Array.from({ length: 14 }, () => factOf(MAX_COMMIT_BYTES / 14));
  const before = log.append([said(1)]);
  assert.throws(() => log.append([...full, factOf(20)]), tooLarge);
  assert.deepEqual(await Promise.all([before, log.append(full)]), [1, 15]);
  const tiny = Array.from({ length: 60_000 }, () => factOf(11));
  assert.equal(await log.append(tiny), 60_015, "many small ones fit");
});

Deno.test("append() spreads what waits over commits that the store takes", async () => {
  const table: [what: string, count: number, bytes: number, commits: number][] = [
    ["by bytes", 40, 50_000, 3],
    ["by number", 9_000, 0, 3],
  ];
  for (const [what, count, bytes, commits] of table) {
    await using test = await testLog();
    const { log, store } = test;
    const appends = sayings(count, bytes).map((fact) => log.append([fact]));
    assert.equal((await Promise.all(appends)).at(-1), count, what);
    assert.equal(store.commits(), commits, what);
    const expected = Array.from({ length: count }, (_, index) => index + 1);
    assert.deepEqual(await readNumbers(log), expected, what);
  }
});

Deno.test("close() waits for what was appended", async () => {
  await using test = await testLog();
  const { log, store } = test;
  using commits = store.hold();
  const settled: string[] = [];
  const appended = log.append([said(1)]).then(() => settled.push("append"));
  const closed = log.close().then(() => settled.push("close"));
  await eventually(() => store.commits() === 1, "the commit is under way");
  commits.open();
  await Promise.all([appended, closed]);
  assert.deepEqual(settled, ["append", "close"]);
});
