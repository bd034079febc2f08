import assert from "node:assert/strict";
import { ioClient } from "../../support/io_client.ts";
import { person } from "../../support/person.ts";
import { startMission, testApp } from "../../support/test_app.ts";
import { connect } from "../../support/socket_client.ts";
import { event } from "../../support/events.ts";
import { ROOMS } from "../../../ws/protocol.ts";

const NOTE = { reason: "only for one", reconnectInMs: 1, timestamp: "", server: "" };

Deno.test("[V-03] what is for one person reaches all their sockets, and nobody else's", async () => {
  await using app = await testApp();
  const url = await app.listen();
  const [anna, bela] = [await person(app), await person(app)];
  await using first = ioClient(url, { auth: anna, transports: ["websocket"] });
  await using second = ioClient(url, { auth: anna, transports: ["polling"] });
  await using other = ioClient(url, { auth: bela });
  await using nobody = ioClient(url);
  const all = [first, second, other, nobody];
  for (const client of all) await client.next("connected");

  const { socketIo } = app.docent;
  socketIo.toUser(anna.userId, { event: "server:shutdown", payload: NOTE });
  assert.deepEqual(await first.next("server:shutdown"), NOTE);
  assert.deepEqual(await second.next("server:shutdown"), NOTE);
  socketIo.toUser(bela.userId, {
    event: "maintenance:mode",
    payload: { ...NOTE, enabled: true, message: "", until: null },
  });
  await other.next("maintenance:mode");
  for (const client of all) await client.settled();
  const heard = all.map(({ received }) => received.map((it) => it.event));
  assert.deepEqual(heard, [
    ["connected", "server:shutdown"],
    ["connected", "server:shutdown"],
    ["connected", "maintenance:mode"],
    ["connected"],
  ]);
});

Deno.test("[V-03] binary data arrives as it was sent, over both transports", async () => {
  await using app = await testApp();
  const url = await app.listen();
  const someone = await person(app);
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (const transports of [["websocket"], ["polling"]]) {
    await using client = ioClient(url, { auth: someone, transports });
    await client.next("connected");
    const payload = { attemptId: "a", eventType: "b", timestamp: "c", data: { bytes } };
    app.docent.socketIo.toUser(someone.userId, { event: "mission_event", payload });
    const { data } = await client.next("mission_event");
    assert.deepEqual(new Uint8Array(data.bytes as Uint8Array), bytes);
  }
});

Deno.test("the directory counts sockets by namespace and by person", async () => {
  await using app = await testApp();
  const url = await app.listen();
  const { directory } = app.docent.socketIo;
  assert.deepEqual([directory().users(), directory().byNamespace()], [0, {}]);
  const [user, viewer] = [await person(app), await person(app, "viewer")];
  await using first = ioClient(url, { auth: user });
  await using second = ioClient(url, { auth: user });
  await using third = ioClient(`${url}/ws/metrics`, { auth: viewer });
  await using fourth = ioClient(url);
  for (const client of [first, second, third, fourth]) await client.next("connected");
  assert.deepEqual(directory().byNamespace(), { "/": 3, "/ws/metrics": 1, "/ws/metrics/": 0 });
  assert.deepEqual([directory().users(), directory().socketsOf(user.userId)], [1, 2]);
  assert.equal(directory().socketsOf("nobody"), 0);
});

Deno.test("[E-8.7][M-29][T-M16] without a staff account nobody is in the operators' rooms, whatever they say", async () => {
  await using app = await testApp();
  const url = await app.listen();
  const query = { isAdmin: "true" };
  await using nobody = ioClient(url, { query });
  await using user = ioClient(url, { query, auth: await person(app) });
  await using kiosk = ioClient(url, { query, auth: await person(app, "kiosk") });
  const expected = [[nobody, "AUTH_FAILED"], [user, "FORBIDDEN"], [kiosk, "FORBIDDEN"]] as const;
  for (const [client, code] of expected) {
    await client.next("connected");
    for (const room of ROOMS) {
      for (const name of ["join", "leave"]) {
        const answer = await client.ask(name, room);
        assert.equal(!answer.success && answer.error.code, code);
      }
    }
  }
  const started = await startMission(app);
  const socket = await connect(url, started);
  await using admin = ioClient(url, { auth: { token: await app.adminToken() } });
  await admin.next("connected");
  socket.send(event());
  await admin.next("mission_event");
  for (const [client] of expected) {
    await client.settled();
    assert.deepEqual(client.received.map((it) => it.event), ["connected"]);
  }
  await socket.close();
});

Deno.test("[M-29] staff leave a room and come back, and hear of rooms that there are not", async () => {
  await using app = await testApp();
  const url = await app.listen();
  await using viewer = ioClient(url, { auth: await person(app, "viewer") });
  await viewer.next("connected");
  const { socketIo } = app.docent;
  const payload = { attemptId: "a", eventType: "b", timestamp: "c", data: {} };
  const tell = () => socketIo.toRoom("admin_monitor", { event: "mission_event", payload });
  tell();
  await viewer.next("mission_event");
  const room = "admin_monitor";
  assert.deepEqual(await viewer.ask("leave", room), { success: true, data: { room } });
  tell();
  assert.deepEqual(await viewer.ask("join", room), { success: true, data: { room } });
  tell();
  await viewer.next("mission_event");
  assert.equal(viewer.received.filter((it) => it.event === "mission_event").length, 2);
  for (const bad of ["user:somebody", "", 7, null, { room }, [room], undefined]) {
    const answer = await viewer.ask("join", bad);
    assert.ok(!answer.success);
    assert.equal(answer.error.code, "VALIDATION_ERROR");
    assert.equal(answer.error.details?.field, "room");
  }
});
