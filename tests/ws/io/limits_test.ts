import assert from "node:assert/strict";
import { eventually } from "../../support/eventually.ts";
import { ioClient } from "../../support/io_client.ts";
import { ioServer } from "../../support/io_server.ts";
import { connect } from "../../support/socket_client.ts";
import { startMission, testApp } from "../../support/test_app.ts";
import { MAX_FRAME_BYTES } from "../../../ws/protocol.ts";
import { openIo } from "../../support/raw_io.ts";

Deno.test("a message over 64 KiB ends its connection, over both transports", async () => {
  await using server = await ioServer();
  for (const transports of [["websocket"], ["polling"]]) {
    await using client = ioClient(server.url, { transports });
    await client.connected();
    const gone = client.gone();
    client.socket.emit("anything", "x".repeat(MAX_FRAME_BYTES));
    assert.match(await gone, /^transport (close|error)$/);
  }
  await using next = ioClient(server.url);
  await next.connected();
});

Deno.test("[T-M17] a flood of packets of any kind is cut off with 4429, polling too", async () => {
  await using server = await ioServer({ events: { perSec: 1, burst: 5 } });
  await using socket = await openIo(server.url);
  for (let i = 0; i < 30; i++) socket.send(`3${i}[]`);
  assert.equal(await socket.closeCode(), 4429);
  await using polling = ioClient(server.url, { transports: ["polling"] });
  await polling.connected();
  const gone = polling.gone();
  for (let i = 0; i < 30; i++) polling.socket.emit("anything");
  assert.match(await gone, /^transport/);
  assert.deepEqual(server.cuts, ["Too many messages", "Too many messages"]);
});

Deno.test("[T-M17] pings of the WebSocket protocol are answered, a flood of them is cut off", async () => {
  await using server = await ioServer();
  await using socket = await openIo(server.url);
  await socket.ping(200, 200);
  server.clock.advance(1_000);
  await socket.ping(30, 20);
  assert.equal(await socket.closeCode(), 4429);
  assert.deepEqual(server.cuts, ["Too many messages"]);
});

Deno.test("a peer that does not read is cut off at the cap, the others are served", async () => {
  await using server = await ioServer();
  await using deaf = await openIo(server.url, { token: "staff:deaf" });
  await using other = ioClient(server.url, { auth: { token: "staff:other" } });
  await other.connected();
  deaf.pause();
  const payload = {
    attemptId: "a",
    eventType: "b",
    timestamp: "c",
    data: { x: "x".repeat(50_000) },
  };
  // The kernel takes some MiB before anything queues in the server.
  for (let sent = 0; server.cuts.length === 0; sent++) {
    assert.ok(sent < 2_000, "it was never cut off");
    server.socketIo.toRoom("admin_monitor", { event: "mission_event", payload });
    await other.next("mission_event");
  }
  assert.deepEqual(server.cuts, ["No sign of life, or messages are not read"]);
  await eventually(() => server.socketIo.connections() === 1, "the other is left");
  assert.equal((await other.ask("join", "metrics")).success, true);
});

Deno.test("a connection that joins no namespace is hung up on, others are not", async () => {
  await using server = await ioServer({ connectTimeoutMs: 200 });
  await using silent = await openIo(server.url, null);
  await using client = ioClient(server.url);
  await client.connected();
  assert.equal(server.socketIo.connections(), 2);
  assert.equal(await silent.closeCode(), 1005);
  assert.equal(server.socketIo.connections(), 1);
});

Deno.test("[T-M17] strangers from one address find a limit, people with a token do not", async () => {
  await using server = await ioServer();
  const sockets = [];
  for (let i = 0; i < 100; i++) sockets.push(await openIo(server.url, {}));
  await assert.rejects(openIo(server.url, {}), /503/);
  await assert.rejects(openIo(server.url, { token: "user:late" }), /503/);
  await sockets.pop()?.close();
  await eventually(() => server.socketIo.connections() === 99, "one has left");
  for (let i = 0; i < 50; i++) sockets.push(await openIo(server.url, { token: `user:${i}` }));
  sockets.push(await openIo(server.url, {}));
  await assert.rejects(openIo(server.url, {}), /503/);
  for (const socket of sockets) await socket.close();
});

Deno.test("[M-59] sockets of both kinds share the limit of connections", async () => {
  await using app = await testApp({ env: { MAX_CONNECTIONS: "2" } });
  const url = await app.listen();
  const started = await startMission(app);
  const kiosk = await connect(url, started);
  await using first = ioClient(url);
  await first.connected();
  for (const transports of [["websocket"], ["polling"]]) {
    await using second = ioClient(url, { transports });
    await second.refused();
  }
  await assert.rejects(connect(url, await startMission(app)), /503/);
  const health = await (await app.request("/health")).json();
  assert.deepEqual([health.connections, health.websocket], [2, "full"]);
  await first.close();
  await eventually(async () => {
    await using again = ioClient(url);
    return await again.connected().then(() => true, () => false);
  }, "there is room again");
  await kiosk.close();
});
