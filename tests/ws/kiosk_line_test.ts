import assert from "node:assert/strict";
import { asAdmin, ask } from "../support/http.ts";
import { type PairedKiosk, pairedKiosk, readKiosk, REGISTRY } from "../support/kiosk_registry.ts";
import { connect } from "../support/socket_client.ts";
import { post, SESSION_ID, startMission, type TestApp, testApp } from "../support/test_app.ts";
import { testClock } from "../support/test_clock.ts";

/** A socket of an attempt that the kiosk has started with its key, as a browser opens it. */
async function streamOf(app: TestApp, { headers }: PairedKiosk) {
  const timestamp = new Date(Date.now()).toISOString();
  const body = { sessionId: SESSION_ID, missionType: "portfolio", timestamp };
  const { data } = (await ask(app, "/api/missions/start", post(body, headers))).body;
  const client = await connect(await app.listen(), data);
  await client.next("connection_ack");
  return client;
}

async function reload(app: TestApp, { kioskId }: PairedKiosk) {
  const { headers } = await asAdmin(app);
  const path = `${REGISTRY}/${kioskId}/commands`;
  return (await ask(app, path, post({ name: "reload" }, headers))).body.data.command;
}

Deno.test("[T-M07] hello and heartbeats on a socket tell how the kiosk is", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const kiosk = await pairedKiosk(app, "A");
  const other = await pairedKiosk(app, "B");
  const client = await streamOf(app, kiosk);
  clock.advance(200_000);
  // Whose socket it is says the attempt, and not the client.
  client.send({ type: "hello", app: "hall 1.4.0", kioskId: other.kioskId });
  client.send({ type: "heartbeat", queue: 3, battery: 0.9, charging: true, page: "/home" });
  await client.next("time_sync");
  await client.read();
  const { state, queue, battery, charging, page, version } = await readKiosk(app, kiosk.kioskId);
  assert.deepEqual({ state, queue, battery, charging, page, version }, {
    state: "online",
    queue: 3,
    battery: 0.9,
    charging: true,
    page: "/home",
    version: "hall 1.4.0",
  });
  const untouched = await readKiosk(app, other.kioskId);
  assert.deepEqual([untouched.state, untouched.queue], ["offline", null]);
  await client.close();
});

Deno.test("[T-M07] a command reaches the open socket of its kiosk, and no other", async () => {
  await using app = await testApp();
  const kiosk = await pairedKiosk(app, "A");
  const [client, other] = [await streamOf(app, kiosk), await streamOf(app, await pairedKiosk(app))];
  for (const socket of [client, other]) {
    socket.send({ type: "hello" });
    await socket.next("time_sync");
  }
  assert.notEqual((await reload(app, kiosk)).deliveredAt, null);
  assert.deepEqual(await client.next("command"), { type: "command", name: "reload" });
  await other.read();
  assert.ok(!other.received.some(({ type }) => type === "command"));
  await client.close();
  await other.close();
});

Deno.test("[T-M07] a command waits for a client that knows commands", async () => {
  await using app = await testApp();
  const kiosk = await pairedKiosk(app);
  const bare = await streamOf(app, kiosk);
  assert.equal((await reload(app, kiosk)).deliveredAt, null);
  await bare.read();
  assert.deepEqual(bare.received.map(({ type }) => type), ["connection_ack"]);
  bare.send({ type: "hello" });
  assert.deepEqual(await bare.next("command"), { type: "command", name: "reload" });
  await bare.close();
});

Deno.test("[T-M07] a heartbeat without a kiosk is a sign of life and nothing more", async () => {
  await using app = await testApp();
  const client = await connect(await app.listen(), await startMission(app));
  client.send({ type: "heartbeat", queue: 1 });
  await client.read();
  assert.deepEqual(app.docent.kiosks.list(), []);
  await client.close();
});
