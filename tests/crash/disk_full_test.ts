import assert from "node:assert/strict";
import { startChild } from "../../tools/child_server.ts";
import { MOUNT } from "../../tools/torture/needs.ts";
import { mountSmallDisk } from "../../tools/torture/small_disk.ts";
import { numbered } from "../support/events.ts";
import { eventually } from "../support/eventually.ts";
import { askRaw, upgradeRequest } from "../support/raw_socket.ts";
import { readRemotely, startRemotely } from "../support/remote.ts";
import { connect } from "../support/socket_client.ts";
import { post, SESSION_ID } from "../support/test_app.ts";

const DISK_MIB = 6;

Deno.test("[M-19][M-25][M-63][T-M18] on a full disk nothing is acknowledged; with room again all works", async () => {
  const problem = await MOUNT.missing();
  if (problem !== null) return console.log(`Not tried on a full disk: ${problem}`);
  await using disk = await mountSmallDisk(DISK_MIB);
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
  await disk.fill();
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

  await disk.free();
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
