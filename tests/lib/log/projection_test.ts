import assert from "node:assert/strict";
import { MAX_COMMIT_BYTES, MAX_MUTATIONS } from "../../../lib/kv/limits.ts";
import { stage, type Write } from "../../../lib/kv/port.ts";
import { createProjection, type Projection } from "../../../lib/log/projection.ts";
import { packGroups, type WriteGroup } from "../../../lib/log/write_groups.ts";
import type { LogRecord } from "../../../lib/log/schema.ts";
import { said, sayings, type TestLog, testLog } from "../../support/test_log.ts";
import { rowNumbers, type TestProjection, testProjection } from "../../support/test_projection.ts";

function open({ log, store }: TestLog, { spec }: TestProjection): Promise<Projection> {
  return createProjection(spec, { kv: store.kv, read: log.read, schemas: {}, onParked() {} });
}

/** Steps until there is nothing to do; gives the number of steps. */
async function stepToEnd(projection: Projection): Promise<number> {
  let steps = 0;
  while (await projection.step()) steps++;
  return steps;
}

const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

Deno.test("step() reads after the cursor, writes and moves on", async () => {
  await using test = await testLog();
  const rows = testProjection();
  const projection = await open(test, rows);
  assert.equal(await projection.step(), false);
  await test.log.append([said(7), said(8)]);
  assert.equal(await projection.step(), true);
  assert.equal(projection.position(), 2);
  assert.deepEqual(await rowNumbers(test.store.kv), [7, 8]);
  assert.equal(await projection.step(), false);
  assert.equal(rows.rebuilds(), 0);
});

Deno.test("step() saves rows and cursor in one commit", async () => {
  await using test = await testLog();
  await test.log.append([said(7)]);
  const projection = await open(test, testProjection());
  const before = test.store.commits();
  test.store.spoil("fail");
  await assert.rejects(projection.step(), /disk I\/O error/);
  assert.equal(projection.position(), 0);
  assert.deepEqual(await rowNumbers(test.store.kv), []);
  assert.equal((await open(test, testProjection())).position(), 0);
  await projection.step();
  assert.equal(test.store.commits(), before + 2);
  assert.equal((await open(test, testProjection())).position(), 1);
});

Deno.test("step() repeats nothing and loses nothing over a crash between two", async () => {
  await using test = await testLog();
  await test.log.append(sayings(10_000));
  const first = testProjection();
  const killed = await open(test, first);
  await killed.step();
  const next = testProjection();
  const projection = await open(test, next);
  assert.equal(projection.position(), killed.position());
  assert.ok(projection.position() < 10_000);
  await stepToEnd(projection);
  const seen = [...first.committed, ...next.committed].flat();
  assert.deepEqual(seen, upTo(10_000));
  assert.deepEqual(await rowNumbers(test.store.kv), upTo(10_000));
});

Deno.test("step() repeats the whole step after a crash in the middle of it", async () => {
  await using test = await testLog();
  await test.log.append(sayings(2_000));
  const killed = await open(test, testProjection());
  test.store.spoil("none", "fail");
  await assert.rejects(killed.step(), /disk I\/O error/);
  assert.equal((await rowNumbers(test.store.kv)).length, MAX_MUTATIONS, "a part is there");
  const next = testProjection();
  const projection = await open(test, next);
  assert.equal(projection.position(), 0);
  await stepToEnd(projection);
  assert.deepEqual(next.committed, [upTo(2_000)]);
  assert.deepEqual(await rowNumbers(test.store.kv), upTo(2_000));
});

for (const fault of ["lose", "deny", "late"] as const) {
  Deno.test(`step() goes on behind a commit with an answer that is wrong: ${fault}`, async () => {
    await using test = await testLog();
    const rows = testProjection();
    const projection = await open(test, rows);
    await test.log.append([said(1)]);
    await projection.step();
    await test.log.append([said(2), said(3)]);
    test.store.spoil(fault);
    await assert.rejects(projection.step());
    // What comes through late spoils the next one as well.
    if (fault === "late") await assert.rejects(projection.step());
    await stepToEnd(projection);
    assert.equal(projection.position(), 3);
    assert.deepEqual(await rowNumbers(test.store.kv), [1, 2, 3]);
    assert.equal((await open(test, testProjection())).position(), 3);
  });
}

Deno.test("step() takes at most 8000 records and 4 MiB", async () => {
  await using test = await testLog();
  await test.log.append(sayings(8_001));
  for (let i = 0; i < 10; i++) await test.log.append(sayings(10, 50_000));
  const rows = testProjection({ groupsOf: () => [] });
  await stepToEnd(await open(test, rows));
  assert.deepEqual(rows.committed.map(({ length }) => length), [8_000, 84, 17]);
});

Deno.test("step() takes fewer records where a group would not fit one commit", async () => {
  const table: [what: string, facts: number, writes: number, bytes: number][] = [
    ["by number", 400, 5, 0],
    ["by bytes", 100, 1, 60_000],
    ["one alone at the limit", 3, MAX_MUTATIONS, 0],
  ];
  for (const [what, facts, writes, bytes] of table) {
    await using test = await testLog();
    await test.log.append(sayings(facts));
    const writesOf = ({ position }: LogRecord) =>
      upTo(writes).map((n): Write => {
        return { kind: "set", key: ["test", "many", position, n], value: new Uint8Array(bytes) };
      });
    const rows = testProjection({ groupsOf: (records) => [records.flatMap(writesOf)] });
    await stepToEnd(await open(test, rows));
    assert.deepEqual(rows.committed.flat(), upTo(facts), what);
    const most = Math.max(1, ...rows.committed.map(({ length }) => length));
    assert.ok(most * writes <= MAX_MUTATIONS && most * bytes <= MAX_COMMIT_BYTES, what);
    // Never less than half of what would have fitted, but for the rest at the end.
    assert.ok(rows.committed.length <= 3 * Math.ceil(facts / most), what);
  }
});

Deno.test("packGroups() fills commits with groups and splits none", () => {
  const groupOf = (writes: number, bytes = 0): WriteGroup =>
    upTo(writes).map((n) => ({ kind: "set", key: ["test", n], value: new Uint8Array(bytes) }));
  const table: [groups: WriteGroup[], commits: number[]][] = [
    [[], []],
    [[groupOf(0)], []],
    [[groupOf(3), groupOf(4)], [7]],
    [[groupOf(500), groupOf(460), groupOf(1)], [960, 1]],
    [[groupOf(600), groupOf(400), groupOf(500)], [600, 900]],
    [[groupOf(5, 60_000), groupOf(5, 60_000), groupOf(5, 60_000)], [10, 5]],
    [[groupOf(1), groupOf(2_000), groupOf(1)], [1, 2_000, 1]],
  ];
  for (const [groups, commits] of table) {
    assert.deepEqual(packGroups(groups).map(({ length }) => length), commits);
  }
});

Deno.test("packGroups() fills commits with long keys as far as the store takes them", async () => {
  using kv = await Deno.openKv(":memory:");
  for (const word of ["word", "단어", "👩‍🔬"]) {
    for (const length of [10, 50, 600]) {
      const groups = upTo(1_000).map((n): WriteGroup => {
        const key = ["test", word.repeat(length / word.length), n, -0.5];
        return [{ kind: "set", key, value: null }, { kind: "delete", key: [...key, "gone"] }];
      });
      const commits = packGroups(groups);
      assert.deepEqual(commits.flat(), groups.flat());
      for (const writes of commits) {
        const operation = kv.atomic();
        stage(operation, writes);
        await operation.commit();
      }
    }
  }
});

Deno.test("createProjection() makes the rows anew for another version, once", async () => {
  await using test = await testLog();
  await test.log.append(sayings(3));
  await stepToEnd(await open(test, testProjection()));
  const raised = testProjection({ version: 2 });
  const projection = await open(test, raised);
  assert.equal(raised.rebuilds(), 1);
  assert.equal(projection.position(), 3, "as of the cursor");
  const again = testProjection({ version: 2 });
  await open(test, again);
  assert.equal(again.rebuilds(), 0);
});

Deno.test("createProjection() makes the rows anew when that was cut short before", async () => {
  await using test = await testLog();
  await stepToEnd(await open(test, testProjection()));
  await test.log.append([said(1)]);
  await stepToEnd(await open(test, testProjection()));
  test.store.spoil("fail");
  await assert.rejects(open(test, testProjection({ version: 2 })), /disk I\/O error/);
  const again = testProjection({ version: 2 });
  await open(test, again);
  assert.equal(again.rebuilds(), 1);
});

Deno.test("rebuild() keeps to the cursor that is stored", async () => {
  await using test = await testLog();
  await test.log.append([said(1)]);
  const rows = testProjection();
  const projection = await open(test, rows);
  test.store.spoil("lose");
  await assert.rejects(projection.step());
  await projection.rebuild();
  assert.deepEqual([rows.rebuilds(), projection.position()], [1, 1]);
  assert.equal(await projection.step(), false);
});

Deno.test("step() notices that another runs the same projection", async () => {
  await using test = await testLog();
  await test.log.append([said(1)]);
  const mine = await open(test, testProjection());
  const other = await open(test, testProjection());
  await other.step();
  await test.log.append([said(2)]);
  await assert.rejects(mine.step(), {
    code: "CONFLICT",
    message: 'Projection "rows" is run twice',
  });
});
