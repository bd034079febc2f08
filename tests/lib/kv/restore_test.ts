import assert from "node:assert/strict";
import { openKv } from "../../../lib/kv/open.ts";
import { restoreStore } from "../../../lib/kv/restore.ts";
import { runChild, tempFolder } from "../../../tools/child_server.ts";

const noCheck = () => Promise.resolve();
const namesIn = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

async function storeWith(path: string, value: string): Promise<void> {
  const { kv, close } = await openKv(path);
  await kv.set(["test"], value);
  close();
}

async function valueIn(path: string): Promise<unknown> {
  const { kv, close } = await openKv(path);
  const { value } = await kv.get(["test"]);
  close();
  return value;
}

/** Leaves a store as a process that was killed: its last commits are in the log beside the file. */
async function storeOfKilled(path: string, value: string): Promise<void> {
  const program = `
    const kv = await Deno.openKv(${JSON.stringify(path)});
    await kv.set(["test"], ${JSON.stringify(value)});
    Deno.kill(Deno.pid, "SIGKILL");`;
  await runChild({ args: ["eval", "--unstable-kv", "--no-config", program] });
  assert.ok((await Deno.stat(`${path}-wal`)).size > 0);
}

async function openRestore() {
  const folder = await tempFolder();
  const backup = `${folder.path}/backup.kv`;
  await storeWith(backup, "backup");
  const keptPath = `${folder.kvPath}.replaced`;
  return { ...folder, keptPath, options: { backup, path: folder.kvPath, keptPath } };
}

Deno.test("[M-70] restoreStore() puts a backup in place and keeps what was there, its log included", async () => {
  await using test = await openRestore();
  await storeOfKilled(test.kvPath, "live");
  const { size } = await Deno.stat(test.options.backup);
  const restored = await restoreStore({ ...test.options, check: noCheck });
  assert.deepEqual(restored, { bytes: size, keptPath: test.keptPath });
  assert.equal((await Deno.stat(test.kvPath)).mode! & 0o777, 0o600);
  assert.equal(await valueIn(test.kvPath), "backup");
  assert.equal(await valueIn(test.keptPath), "live");
  assert.equal(await valueIn(test.options.backup), "backup");
  assert.deepEqual(namesIn(test.path), ["backup.kv", "docent.kv", "docent.kv.replaced"]);
});

Deno.test("[M-70] restoreStore() makes a store where there is none", async () => {
  await using test = await openRestore();
  const path = `${test.path}/new/docent.kv`;
  const restored = await restoreStore({ ...test.options, path, check: noCheck });
  assert.equal(restored.keptPath, null);
  assert.equal(await valueIn(path), "backup");
  assert.deepEqual(namesIn(`${test.path}/new`), ["docent.kv"]);
});

Deno.test("[M-70] restoreStore() refuses a store that is in use, and lets nobody open it meanwhile", async () => {
  await using test = await openRestore();
  const store = await openKv(test.kvPath);
  await store.kv.set(["test"], "live");
  await assert.rejects(restoreStore({ ...test.options, check: noCheck }), {
    message: `Another process uses "${test.kvPath}"; only one may own a store`,
  });
  assert.equal((await store.kv.get(["test"])).value, "live");
  store.close();
  await restoreStore({
    ...test.options,
    check: () => assert.rejects(openKv(test.kvPath), /^Error: Another process uses/),
  });
  assert.equal(await valueIn(test.kvPath), "backup");
});

Deno.test("[M-70] restoreStore() replaces nothing when the check, the backup or the place is wrong", async () => {
  await using test = await openRestore();
  await storeWith(test.kvPath, "live");
  const before = namesIn(test.path);
  const check = () => Promise.reject(new Error("not this one"));
  await assert.rejects(restoreStore({ ...test.options, check }), { message: "not this one" });
  const junk = `${test.path}/junk.kv`;
  await Deno.writeTextFile(junk, "no store".repeat(1_000));
  await assert.rejects(restoreStore({ ...test.options, backup: junk, check: noCheck }), {
    message: `Cannot copy "${junk}" to "${test.kvPath}.restoring": file is not a database`,
  });
  await assert.rejects(restoreStore({ ...test.options, keptPath: junk, check: noCheck }), {
    message: `There is something at "${junk}" already`,
  });
  const path = `${test.path}/none.kv`;
  await assert.rejects(restoreStore({ ...test.options, path, check }), { message: "not this one" });
  assert.equal(await valueIn(test.kvPath), "live");
  await Deno.remove(junk);
  assert.deepEqual(namesIn(test.path), before);
});
