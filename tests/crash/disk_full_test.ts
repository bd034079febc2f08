import assert from "node:assert/strict";
import { startChild } from "../../tools/child_server.ts";
import { numbered } from "../support/events.ts";
import { eventually } from "../support/eventually.ts";
import { askRaw, upgradeRequest } from "../support/raw_socket.ts";
import { readRemotely, startRemotely } from "../support/remote.ts";
import { connect } from "../support/socket_client.ts";
import { post, SESSION_ID } from "../support/test_app.ts";

const DISK_MIB = 6;

async function run(command: string, ...args: string[]): Promise<string | null> {
  const { success, stderr } = await new Deno.Command(command, { args, stderr: "piped" }).output()
    .catch((error) => ({ success: false, stderr: new TextEncoder().encode(String(error)) }));
  return success ? null : new TextDecoder().decode(stderr).trim();
}

/** A disk of a few MiB, or the reason why there is none. */
async function smallDisk() {
  const path = await Deno.makeTempDir({ prefix: "docent-disk-" });
  const problem = await run("mount", "-t", "tmpfs", "-o", `size=${DISK_MIB}m`, "tmpfs", path);
  return {
    path,
    problem,
    async [Symbol.asyncDispose]() {
      if (problem === null) await run("umount", path);
      await Deno.remove(path, { recursive: true });
    },
  };
}

Deno.test("[M-19][M-25][M-63][T-M18] on a full disk nothing is acknowledged; with room again all works", async () => {
  await using disk = await smallDisk();
  if (disk.problem !== null) return console.log(`Not tried on a full disk: ${disk.problem}`);
  const env = {
    KV_PATH: `${disk.path}/docent.kv`,
    RATE_EVENT_BURST: "1000000",
    LOG_LEVEL: "error",
  };
  await using server = await startChild({ env });
  const started = await startRemotely(server.url);
  const client = await connect(server.url, started);
  await client.next("connection_ack");
  const { status } = await health(server.url);
  assert.equal(status, 200);

  // What else is on the disk takes all that is left.
  const filler = `${disk.path}/filler`;
  await fill(filler);
  const ids = new Map<number, string>();
  let seq = 0;
  const data = { text: "x".repeat(2_000) };
  for (let refused = false; !refused;) {
    client.send(numbered(++seq, { data }));
    const answer = await client.next();
    if (answer.type === "event_ack") ids.set(seq, answer.eventId);
    if (answer.type !== "error") continue;
    assert.deepEqual([answer.code, answer.seq], ["UNAVAILABLE", seq]);
    assert.ok((answer.details?.retryAfterMs ?? 0) > 0);
    refused = true;
  }
  const body = { sessionId: SESSION_ID, missionType: "portfolio", timestamp: new Date() };
  const start = await fetch(`${server.url}/api/missions/start`, post(body));
  await start.body?.cancel();
  assert.equal(start.status, 503);
  assert.ok(Number(start.headers.get("retry-after")) > 0);
  assert.equal((await askRaw(server.url, upgradeRequest(started))).status, 503);
  await eventually(async () => (await health(server.url)).status === 503, "health is red");

  await Deno.remove(filler);
  await eventually(
    async () => (await health(server.url)).status === 200,
    "health is green",
    15_000,
  );
  client.send(numbered(seq, { data }));
  const ack = await client.next("event_ack");
  ids.set(seq, ack.eventId);
  assert.equal(ack.ackUpTo, seq);
  const stored = await readRemotely(server.url, started);
  assert.deepEqual(new Map(stored.map((it) => [it.seq, it.eventId])), ids);
  assert.equal(stored.length, seq);
  await client.close();
  server.signal("SIGTERM");
  assert.equal(await server.ended, 0);
});

async function health(url: string): Promise<Response> {
  const response = await fetch(`${url}/health`);
  await response.body?.cancel();
  return response;
}

/** Writes until there is no room. */
async function fill(path: string): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true });
  for (let size = 64 * 1024; size >= 4_096;) {
    try {
      await file.write(new Uint8Array(size));
    } catch {
      size /= 2;
    }
  }
}
