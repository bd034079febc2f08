import assert from "node:assert/strict";
import { tempFolder } from "../../../tools/child_server.ts";
import { runStoreCommand } from "../../support/store_command.ts";
import { startMission, testApp } from "../../support/test_app.ts";

Deno.test("[M-70] `deno task backup` and `restore` carry a store over, and say what they did", async () => {
  await using folder = await tempFolder();
  const env = { KV_PATH: folder.kvPath, BACKUP_DIR: `${folder.path}/backups`, BACKUP_KEPT: "1" };
  {
    await using app = await testApp({ env });
    await startMission(app);
    await app.docent.missions.realtime();
  }
  await runStoreCommand("backup", [], env);
  const { code, stdout, stderr } = await runStoreCommand("backup", [], env);
  assert.equal(code, 0, stderr);
  const [{ name }, ...others] = Deno.readDirSync(env.BACKUP_DIR);
  assert.deepEqual(others, []);
  const backup = `${env.BACKUP_DIR}/${name}`;
  const { size } = await Deno.stat(backup);
  assert.match(stdout, new RegExp(`^Wrote "${backup}": bytes: ${size}, ms: \\d+\n$`));

  const restored = await runStoreCommand("restore", [backup, "--verify"], env);
  assert.equal(restored.stderr, "");
  const [verified, told, kept, end] = restored.stdout.split("\n");
  assert.equal(verified, `Verified "${backup}": attempts: 1, facts: 1, differences: 0`);
  assert.match(
    told,
    new RegExp(`^Restored "${folder.kvPath}" from "${backup}": bytes: \\d+, facts: 1$`),
  );
  assert.match(kept, /^What was there is now ".*docent\.kv\.replaced-\d{4}-[\dT.-]+Z"$/);
  assert.deepEqual([restored.code, end], [0, ""]);
});

Deno.test("[M-70] `deno task backup` writes into a file that is named, and over none", async () => {
  await using folder = await tempFolder();
  const env = { KV_PATH: folder.kvPath };
  const target = `${folder.path}/mine.kv`;
  const none = await runStoreCommand("backup", [target], env);
  assert.deepEqual(none, {
    code: 2,
    stdout: "",
    stderr: `backup: There is no file "${folder.kvPath}"\n`,
  });
  (await testApp({ env }))[Symbol.asyncDispose]();
  assert.equal((await runStoreCommand("backup", [target], env)).code, 0);
  const again = await runStoreCommand("backup", [target], env);
  assert.deepEqual([again.code, again.stderr], [
    2,
    `backup: There is something at "${target}" already\n`,
  ]);
});

Deno.test("[M-70] `deno task restore` replaces nothing by what is empty, damaged or not there", async () => {
  await using folder = await tempFolder();
  const env = { KV_PATH: folder.kvPath };
  const empty = `${folder.path}/empty.kv`;
  (await Deno.openKv(empty)).close();
  const damaged = `${folder.path}/damaged.kv`;
  {
    await using app = await testApp({ env });
    await startMission(app);
    await app.docent.missions.realtime();
  }
  await runStoreCommand("backup", [damaged], env);
  const kv = await Deno.openKv(damaged);
  await kv.delete(["missions", "counts"]);
  kv.close();
  const before = await Deno.readFile(folder.kvPath);
  const told: [args: string[], code: number, stderr: string][] = [
    [[empty], 2, `restore: "${empty}" holds no facts\n`],
    [[damaged, "--verify"], 1, `restore: "${damaged}" has differences, nothing was replaced\n`],
    [[`${folder.path}/none.kv`], 2, `restore: There is no file "${folder.path}/none.kv"\n`],
    [[], 2, "restore: Say which backup to restore\n"],
  ];
  for (const [args, code, stderr] of told) {
    const result = await runStoreCommand("restore", args, env);
    assert.deepEqual([result.code, result.stderr], [code, stderr]);
  }
  assert.deepEqual(await Deno.readFile(folder.kvPath), before);
});
