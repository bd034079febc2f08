import assert from "node:assert/strict";
import { type BackupsDeps, createBackups } from "../../../lib/kv/backups.ts";
import { openKv } from "../../../lib/kv/open.ts";
import { tempFolder } from "../../../tools/child_server.ts";
import { testClock } from "../../support/test_clock.ts";

const HOUR_MS = 3_600_000;

async function openBackups(more: Partial<BackupsDeps> = {}) {
  const temp = await tempFolder();
  (await openKv(temp.kvPath)).close();
  const clock = testClock();
  const folder = `${temp.path}/backups`;
  const deps = { kvPath: temp.kvPath, folder, kept: 2, everySec: 6 * 3600, clock, ...more };
  return {
    backups: createBackups(deps),
    /** As a server that was started anew. */
    again: () => createBackups(deps),
    clock,
    folder,
    names: () => [...Deno.readDirSync(folder)].map(({ name }) => name).sort(),
    [Symbol.asyncDispose]: temp[Symbol.asyncDispose],
  };
}

Deno.test("[M-70] a backup is named by its time, and the newest are kept", async () => {
  await using test = await openBackups();
  const { path } = await test.backups.write();
  assert.equal(path, `${test.folder}/docent-2025-01-19T103000.000Z.kv`);
  await Deno.writeTextFile(`${test.folder}/docent-before-the-move.kv`, "not ours to remove");
  test.clock.advance(HOUR_MS);
  await test.backups.write();
  test.clock.advance(HOUR_MS);
  await test.backups.write();
  assert.deepEqual(test.names(), [
    "docent-2025-01-19T113000.000Z.kv",
    "docent-2025-01-19T123000.000Z.kv",
    "docent-before-the-move.kv",
  ]);
});

Deno.test("[M-70] a backup is due when the newest is old enough, also for a server started anew", async () => {
  await using test = await openBackups();
  assert.notEqual(await test.backups.writeWhenDue(), null);
  assert.equal(await test.backups.writeWhenDue(), null);
  test.clock.advance(6 * HOUR_MS - 1);
  assert.equal(await test.again().writeWhenDue(), null);
  test.clock.advance(1);
  assert.notEqual(await test.again().writeWhenDue(), null);
  assert.equal(test.names().length, 2);
});

Deno.test("[M-70] without a schedule none is due", async () => {
  await using test = await openBackups({ everySec: null });
  assert.equal(await test.backups.writeWhenDue(), null);
  assert.throws(() => test.names(), Deno.errors.NotFound);
});

Deno.test("[M-70] a backup of a clock that was ahead does not stop the schedule", async () => {
  await using test = await openBackups();
  test.clock.advance(365 * 24 * HOUR_MS);
  await test.backups.write();
  test.clock.advance(-365 * 24 * HOUR_MS);
  assert.notEqual(await test.backups.writeWhenDue(), null);
});

Deno.test("[M-70] after a try that failed the next one waits an hour", async () => {
  await using test = await openBackups({ kvPath: "/nowhere/docent.kv" });
  await assert.rejects(test.backups.writeWhenDue(), /^Error: Cannot copy /);
  assert.equal(await test.backups.writeWhenDue(), null);
  test.clock.advance(HOUR_MS);
  await assert.rejects(test.backups.writeWhenDue(), /^Error: Cannot copy /);
  assert.deepEqual(test.names(), []);
});

Deno.test("[M-70] what a killed process left is not taken for a backup, and removed after an hour", async () => {
  await using test = await openBackups();
  await Deno.mkdir(test.folder);
  const broken = "docent-2025-01-19T102959.000Z.kv.partial";
  await Deno.writeTextFile(`${test.folder}/${broken}`, "half");
  assert.notEqual(await test.backups.writeWhenDue(), null);
  assert.ok(test.names().includes(broken));
  test.clock.advance(6 * HOUR_MS);
  assert.notEqual(await test.backups.writeWhenDue(), null);
  assert.ok(!test.names().includes(broken));
});
