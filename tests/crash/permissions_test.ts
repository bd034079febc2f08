import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { SETTING_NAMES } from "../../lib/config/names.ts";
import {
  runChild,
  START_COMMAND,
  startArguments,
  startChild,
  tempFolder,
} from "../../tools/child_server.ts";
import { documentMessages } from "../support/events.ts";
import { readRemotely, startRemotely } from "../support/remote.ts";
import { connect } from "../support/socket_client.ts";
import { ADMIN, post } from "../support/test_app.ts";

/** Read by `ws` itself; without it, asking would be refused and logged. */
const NAMES_OF_LIBRARIES = ["WS_NO_BUFFER_UTIL", "WS_NO_UTF_8_VALIDATE"];

/** Permissions of a command, by kind; null for one without limits. */
function permissionsOf(args: readonly string[]): Map<string, readonly string[] | null> {
  const flags = args.filter((arg) => arg.startsWith("--allow-") || arg.startsWith("--deny-"));
  return new Map(flags.map((flag) => {
    const [name, values] = flag.split("=");
    return [name, values?.split(",") ?? null];
  }));
}

Deno.test("[M-64] the start command names its permissions: net, settings, and where the data is", () => {
  const [variables, command] = START_COMMAND.replaceAll(/\$\([^)]*\)/g, "").split("deno run ");
  assert.match(variables, /^(MALLOC_\w+=\d+ )*$/);
  const args = command.split(" ");
  assert.equal(args.at(-1), "_built/main.js");
  assert.ok(args.includes("--no-prompt"));
  const permissions = permissionsOf(args);
  assert.deepEqual([...permissions.keys()], [
    "--allow-net",
    "--allow-env",
    "--allow-read",
    "--allow-write",
  ]);
  for (const arg of args) assert.doesNotMatch(arg, /^(-[A-Za-z]+|--allow-all|--unsafely.*)$/);
  assert.deepEqual(
    permissions.get("--allow-env")?.toSorted(),
    [...SETTING_NAMES, ...NAMES_OF_LIBRARIES].sort(),
  );
});

Deno.test("[M-71] a server started by that command serves a mission from start to end", async () => {
  await using folder = await tempFolder();
  const backups = `${folder.path}/backups`;
  const env = { KV_PATH: folder.kvPath, BACKUP_DIR: backups, ADMIN_USERNAME: ADMIN.username };
  const args = await startArguments(env);
  const permissions = permissionsOf(args);
  const beside = ["", "-wal", "-shm", ".key", ".recordings"].map((suffix) =>
    folder.kvPath + suffix
  );
  const written = ["data", "data/docent.kv", ...beside, backups];
  assert.deepEqual(permissions.get("--allow-write")?.toSorted(), written.toSorted());
  // What is loaded late, as what looks into a recording, is read again once it was built anew.
  assert.deepEqual(
    permissions.get("--allow-read")?.toSorted(),
    ["static", "_built", ...written].toSorted(),
  );

  await using server = await startChild({ env, args });
  const started = await startRemotely(server.url);
  const client = await connect(server.url, started);
  for (const message of documentMessages(started.attemptId)) {
    client.send({ ...message, timestamp: new Date().toISOString() });
    await client.next("event_ack");
  }
  await client.close();
  assert.equal((await readRemotely(server.url, started)).length, 3);
  const asked: [string, number, RequestInit?][] = [
    [`/api/missions/${started.attemptId}/review`, 201, post({ rating: 5 })],
    // The thread that compares passwords runs with the same permissions.
    ["/api/admin/login", 200, post(ADMIN)],
    ["/api/admin/login", 401, post({ ...ADMIN, password: "wrong" })],
    ["/health", 200],
    ["/metrics", 200],
    ["/api/docs", 200],
    ["/api/openapi.json", 200],
    ["/admin/login", 200],
  ];
  for (const [path, status, init] of asked) {
    const response = await fetch(server.url + path, init);
    await response.body?.cancel();
    assert.equal(response.status, status, path);
  }
  server.signal("SIGTERM");
  assert.equal(await server.ended, 0);
  assert.equal(server.output.stderr, "");
});

Deno.test("[M-64] the start command lets the server see a symbolic link beside its data, and refuse it", async () => {
  await using folder = await tempFolder();
  await Deno.symlink(`${folder.path}/elsewhere`, `${folder.kvPath}-wal`);
  const env = { KV_PATH: folder.kvPath };
  const { code, stderr } = await runChild({ env, args: await startArguments(env) });
  assert.equal(code, 1);
  assert.match(stderr, /Refuse to open ".*-wal": it is a symbolic link/);
});

Deno.test("[M-64][M-70] the commands for the file of data may use neither network nor programs", () => {
  const { verify, backup, restore } = config.tasks;
  for (const { command } of [verify, backup, restore]) {
    const args = command.split(" ");
    assert.deepEqual(args.slice(0, 3), ["deno", "run", "--no-prompt"]);
    assert.deepEqual([...permissionsOf(args).keys()], [
      "--allow-env",
      "--allow-read",
      "--allow-write",
    ]);
    const settings: readonly string[] = SETTING_NAMES;
    for (const name of permissionsOf(args).get("--allow-env") ?? []) {
      assert.ok(settings.includes(name), name);
    }
    assert.ok(!args.includes("-A"));
  }
});
