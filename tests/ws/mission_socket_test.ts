import assert from "node:assert/strict";
import { connect } from "../support/socket_client.ts";
import { startMission, testApp } from "../support/test_app.ts";

Deno.test("[M-21][M-24][M-25][M-71] a bare client connects, sends and is acknowledged", async () => {
  await using app = await testApp();
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  const ack = await client.next("connection_ack");
  assert.deepEqual(Object.keys(ack), ["type", "attemptId", "timestamp"]);
  assert.equal(ack.attemptId, started.attemptId);
  client.send({ eventType: "page_view", timestamp: new Date().toISOString(), data: { url: "/a" } });
  const eventAck = await client.next("event_ack");
  assert.deepEqual(Object.keys(eventAck), ["type", "eventId", "timestamp"]);
  assert.match(eventAck.eventId, /^event_\d+$/);
  await client.close();
});
