import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { connect } from "../support/socket_client.ts";
import { startMission, testApp } from "../support/test_app.ts";

Deno.test("[M-07] a client that closes after its last event has ended well", async () => {
  await using app = await testApp();
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  const timestamp = new Date().toISOString();
  client.send({ eventType: "mission_completed", timestamp, data: { totalDuration: 1 } });
  await client.next("event_ack");
  await client.close();
  const hasLeft = async () => {
    const { connection } = await app.docent.missions.get(started.attemptId);
    return connection?.status === "disconnected";
  };
  await eventually(hasLeft, "the row knows that the client has left");
  assert.equal(app.docent.hub.count(), 0);
  const { lifecycle } = await app.docent.missions.get(started.attemptId);
  assert.equal(lifecycle.terminal?.kind, "completed");
});
