import assert from "node:assert/strict";
import { eventually } from "../../support/eventually.ts";
import { type IoClient, ioClient } from "../../support/io_client.ts";
import { type IoServer, ioServer } from "../../support/io_server.ts";

function tell(server: IoServer, userId: string, eventType: string): void {
  const payload = { attemptId: "a", eventType, timestamp: "t", data: {} };
  server.socketIo.toUser(userId, { event: "mission_event", payload });
}

const heard = ({ received }: IoClient) =>
  received.filter((it) => it.event === "mission_event").map((it) => it.payload.eventType);

/** Cuts the line of the only client, and keeps it away until `meanwhile` is done. */
async function cut(server: IoServer, client: IoClient, meanwhile: () => unknown): Promise<void> {
  const { socket } = client;
  const gone = client.gone();
  socket.io.reconnection(false);
  socket.io.engine.close();
  await gone;
  await eventually(() => server.socketIo.connections() === 0, "the server knows");
  await meanwhile();
  const back = new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  socket.connect();
  await back;
}

for (const transports of [["websocket"], ["polling"]]) {
  Deno.test(`[V-04][T-V02] after a cut a client gets what it missed, over ${transports}`, async () => {
    await using server = await ioServer();
    await using client = ioClient(server.url, { transports, auth: { token: "user:a" } });
    await client.next("connected");
    const { id } = client.socket;
    tell(server, "a", "before");
    await client.next("mission_event");
    await cut(server, client, () => {
      tell(server, "a", "first missed");
      tell(server, "b", "of somebody else");
      tell(server, "a", "second missed");
    });
    assert.equal(client.socket.recovered, true);
    assert.equal(client.socket.id, id);
    tell(server, "a", "after");
    for (let i = 0; i < 3; i++) await client.next("mission_event");
    assert.deepEqual(heard(client), ["before", "first missed", "second missed", "after"]);
  });
}

Deno.test("[T-V02] rooms that a client left stay left when it is recovered", async () => {
  await using server = await ioServer();
  await using client = ioClient(server.url, { auth: { token: "staff:a" } });
  await client.next("connected");
  await client.ask("leave", "admin_monitor");
  await cut(server, client, () => {});
  assert.equal(client.socket.recovered, true);
  const payload = { attemptId: "a", eventType: "b", timestamp: "t", data: {} };
  server.socketIo.toRoom("admin_monitor", { event: "mission_event", payload });
  await client.settled();
  assert.deepEqual(heard(client), []);
});

Deno.test("[T-V02][V-03] who knows the session of another and comes with his own token is refused", async () => {
  await using server = await ioServer();
  let token = "user:a";
  await using client = ioClient(server.url, { auth: (give) => give({ token }) });
  await client.next("connected");
  await assert.rejects(cut(server, client, () => token = "user:b"), /Token is of somebody else/);
  // The session is used up.
  const back = new Promise<void>((resolve) => client.socket.once("connect", resolve));
  client.socket.connect();
  await back;
  assert.equal(client.socket.recovered, false);
  assert.equal((await client.next("connected")).userId, "b");
});

Deno.test("[T-V02] who is staff no more is in no room of the staff's when he is recovered", async () => {
  await using server = await ioServer();
  let token = "staff:a";
  await using client = ioClient(server.url, { auth: (give) => give({ token }) });
  await client.next("connected");
  await cut(server, client, () => token = "user:a");
  assert.equal(client.socket.recovered, true);
  const payload = { attemptId: "a", eventType: "b", timestamp: "t", data: {} };
  server.socketIo.toRoom("admin_monitor", { event: "mission_event", payload });
  tell(server, "a", "own");
  assert.equal((await client.next("mission_event")).eventType, "own");
});

Deno.test("[T-V02] after two minutes, and after more than is kept, a client begins anew", async () => {
  await using server = await ioServer();
  const auth = { token: "user:a" };
  await using late = ioClient(server.url, { auth });
  await late.next("connected");
  await cut(server, late, () => server.clock.advance(120_001));
  assert.equal(late.socket.recovered, false);
  await late.close();
  await eventually(() => server.socketIo.connections() === 0, "the first has left");

  await using away = ioClient(server.url, { auth });
  await away.next("connected");
  const data = { text: "x".repeat(60_000) };
  const payload = { attemptId: "a", eventType: "b", timestamp: "t", data };
  await cut(server, away, () => {
    for (let i = 0; i < 150; i++) {
      server.socketIo.toUser("b", { event: "mission_event", payload });
    }
  });
  assert.equal(away.socket.recovered, false);
  await away.next("connected");
});
