import assert from "node:assert/strict";
import { encodeJson } from "../../../lib/kv/json_value.ts";
import { missionKeys } from "../../../lib/missions/keys.ts";
import { startChild, tempFolder } from "../../../tools/child_server.ts";
import { playMission } from "../../support/played_missions.ts";
import { startRemotely } from "../../support/remote.ts";
import { runStoreCommand } from "../../support/store_command.ts";
import { testApp } from "../../support/test_app.ts";

/** A file as a server leaves it that had one visitor. */
async function leaveStore(kvPath: string): Promise<string> {
  await using app = await testApp({ env: { KV_PATH: kvPath } });
  return await playMission(app, {
    missionType: "vocabulary",
    startTime: "2025-01-19T10:30:00.000Z",
    events: [["page_view", 1, { url: "/vocabulary" }], ["mission_completed", 80]],
    rating: 4,
  });
}

Deno.test("[M-70] `deno task verify` says of a stopped server's file that nothing differs", async () => {
  await using folder = await tempFolder();
  await leaveStore(folder.kvPath);
  const told = `Verified "${folder.kvPath}": attempts: 1, facts: 4, differences: 0\n`;
  const env = { KV_PATH: folder.kvPath };
  assert.deepEqual(await runStoreCommand("verify", [], env), { code: 0, stdout: told, stderr: "" });
  const named = await runStoreCommand("verify", [folder.kvPath], { KV_PATH: "/nowhere" });
  assert.deepEqual(named, { code: 0, stdout: told, stderr: "" });
});

Deno.test("[M-70] `deno task verify` tells each difference in a line and ends with 1", async () => {
  await using folder = await tempFolder();
  const attemptId = await leaveStore(folder.kvPath);
  const kv = await Deno.openKv(folder.kvPath);
  await kv.set(missionKeys.counts, encodeJson({ vocabulary: { completed: 7 } }));
  await kv.delete(missionKeys.started(Date.parse("2025-01-19T10:30:00Z"), "vocabulary", attemptId));
  kv.close();
  const { code, stdout, stderr } = await runStoreCommand("verify", [folder.kvPath]);
  assert.deepEqual(stdout.split("\n"), [
    `${attemptId}: Index entry is missing: missions/attempts_by_start/1737282600000/vocabulary/${attemptId}`,
    "Count of vocabulary completed is 7, rows are 1",
    `Verified "${folder.kvPath}": attempts: 1, facts: 4, differences: 2`,
    "",
  ]);
  assert.deepEqual([code, stderr], [1, ""]);
});

Deno.test("[M-70] `deno task verify` takes a file that a killed server left, and none that is in use", async () => {
  await using folder = await tempFolder();
  await using server = await startChild({ env: { KV_PATH: folder.kvPath } });
  await startRemotely(server.url);
  const inUse = await runStoreCommand("verify", [folder.kvPath]);
  assert.equal(inUse.code, 2);
  assert.equal(
    inUse.stderr,
    `verify: Another process uses "${folder.kvPath}"; only one may own a store\n`,
  );
  server.signal("SIGKILL");
  await server.ended;
  const { code, stdout } = await runStoreCommand("verify", [folder.kvPath]);
  assert.match(stdout, /, differences: 0/);
  assert.equal(code, 0);
});

Deno.test("[M-70] `deno task verify` says what it cannot do, and makes no file", async () => {
  await using folder = await tempFolder();
  const text = `${folder.path}/notes.txt`;
  await Deno.writeTextFile(text, "no store\n".repeat(1_000));
  const told: [args: string[], stderr: RegExp][] = [
    [[`${folder.path}/none.kv`], /^verify: There is no file ".*none.kv"\n$/],
    [[folder.path], /^verify: There is no file "/],
    [[text], /^verify: Cannot open ".*notes.txt" as a Docent store\n$/],
    [["a", "b"], /^verify: Too many arguments, see "deno task verify --help"\n$/],
    [["--quick"], /^verify: Unknown option '--quick'/],
  ];
  for (const [args, stderr] of told) {
    const result = await runStoreCommand("verify", args);
    assert.deepEqual([result.code, result.stdout], [2, ""]);
    assert.match(result.stderr, stderr);
  }
  assert.deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name), ["notes.txt"]);
  const help = await runStoreCommand("verify", ["--help"]);
  assert.deepEqual([help.code, help.stderr], [0, ""]);
  assert.match(help.stdout, /deno task verify \[FILE\]/);
});
