import assert from "node:assert/strict";
import { systemClock } from "../../../lib/clock.ts";
import { writeBackup } from "../../../lib/kv/backup.ts";
import { openKv } from "../../../lib/kv/open.ts";
import { tempFolder } from "../../../tools/child_server.ts";

const VALUE = new Uint8Array(20_000);
const namesIn = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

/** Writes numbered values, each in a commit, until told to stop. */
function startWriting(kv: Deno.Kv) {
  let committed = 0;
  let isStopped = false;
  const running = (async () => {
    while (!isStopped) {
      const next = committed + 1;
      await kv.atomic().set(["test", next], VALUE).set(["test", "head"], next).commit();
      committed = next;
    }
  })();
  return {
    committed: () => committed,
    async reach(count: number) {
      while (committed < count) await kv.get(["test", "head"]);
    },
    async stop() {
      isStopped = true;
      await running;
    },
  };
}

Deno.test("[M-70] writeBackup() copies a store that is being written to, with all committed before", async () => {
  await using folder = await tempFolder();
  const store = await openKv(folder.kvPath);
  const writing = startWriting(store.kv as Deno.Kv);
  await writing.reach(300);
  const before = writing.committed();
  const to = `${folder.path}/backups/new.kv`;
  const backup = await writeBackup({ from: folder.kvPath, to, clock: systemClock });
  // Commits went on meanwhile, and their number may be in the copy: it is of one moment.
  assert.ok(writing.committed() > before);
  await writing.stop();
  store.close();
  assert.deepEqual(backup.path, to);
  assert.equal(backup.bytes, (await Deno.stat(to)).size);
  assert.ok(backup.bytes > 300 * VALUE.length);
  assert.ok(backup.tookMs > 0);
  assert.deepEqual(namesIn(`${folder.path}/backups`), ["new.kv"]);
  assert.equal((await Deno.stat(to)).mode! & 0o777, 0o600);
  assert.equal((await Deno.stat(`${folder.path}/backups`)).mode! & 0o777, 0o700);

  const copy = await openKv(to);
  const { value: head } = await copy.kv.get<number>(["test", "head"]);
  assert.ok(head !== null && head >= before, `${head} of ${before}`);
  const values = await Array.fromAsync(copy.kv.list({ prefix: ["test"] }));
  assert.equal(values.length, head + 1);
  copy.close();
});

Deno.test("[M-70] writeBackup() leaves what is there as it is, and nothing of its own when it fails", async () => {
  await using folder = await tempFolder();
  (await openKv(folder.kvPath)).close();
  const to = `${folder.path}/there.kv`;
  await Deno.writeTextFile(to, "precious");
  const text = `${folder.path}/notes.txt`;
  await Deno.writeTextFile(text, "no store".repeat(1_000));
  const clock = systemClock;
  await assert.rejects(writeBackup({ from: folder.kvPath, to, clock }), {
    message: `There is something at "${to}" already`,
  });
  assert.equal(await Deno.readTextFile(to), "precious");
  await assert.rejects(writeBackup({ from: text, to: `${folder.path}/new.kv`, clock }), {
    message: `Cannot copy "${text}" to "${folder.path}/new.kv.partial": file is not a database`,
  });
  await assert.rejects(writeBackup({ from: folder.kvPath, to: `${text}/new.kv`, clock }), {
    name: "NotADirectory",
  });
  assert.deepEqual(namesIn(folder.path), ["docent.kv", "notes.txt", "there.kv"]);
});

Deno.test("[M-70] writeBackup() gives up at the signal, before and during", async () => {
  await using folder = await tempFolder();
  const store = await openKv(folder.kvPath);
  const to = `${folder.path}/new.kv`;
  const options = { from: folder.kvPath, to, clock: systemClock };
  await assert.rejects(writeBackup({ ...options, signal: AbortSignal.abort() }), {
    name: "AbortError",
  });
  const stopping = new AbortController();
  const writing = writeBackup({ ...options, signal: stopping.signal });
  queueMicrotask(() => stopping.abort());
  await assert.rejects(writing, /given up|abort/);
  store.close();
  assert.deepEqual(namesIn(folder.path), ["docent.kv"]);
});
