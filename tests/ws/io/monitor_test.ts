import assert from "node:assert/strict";
import { documentMessages, numbered } from "../../support/events.ts";
import { eventually } from "../../support/eventually.ts";
import { ioClient } from "../../support/io_client.ts";
import { ioServer } from "../../support/io_server.ts";
import { connect } from "../../support/socket_client.ts";
import { startMission, testApp } from "../../support/test_app.ts";

Deno.test("[M-29] an operator gets each event with exactly the document's fields", async () => {
  await using app = await testApp();
  const url = await app.listen();
  await using admin = ioClient(url, { auth: { token: await app.adminToken() } });
  await admin.next("connected");
  const started = await startMission(app);
  const kiosk = await connect(url, started);
  for (const message of documentMessages(started.attemptId)) {
    kiosk.send(message);
    const { eventType, timestamp, data } = message;
    assert.deepEqual(await admin.next("mission_event"), {
      attemptId: started.attemptId,
      eventType,
      timestamp: new Date(timestamp).toISOString(),
      data,
    });
  }
  await kiosk.close();
});

Deno.test("[M-29] a burst arrives whole and in order, to each who watches", async () => {
  const TOTAL = 1_500;
  await using app = await testApp({ env: { RATE_EVENT_BURST: "2000" } });
  const url = await app.listen();
  const auth = { token: await app.adminToken() };
  await using first = ioClient(url, { auth, transports: ["websocket"] });
  await using second = ioClient(url, { auth, transports: ["polling"] });
  for (const client of [first, second]) await client.next("connected");
  const kiosk = await connect(url, await startMission(app));
  for (let seq = 1; seq <= TOTAL; seq++) kiosk.send(numbered(seq, { data: { seq } }));
  for (const { received } of [first, second]) {
    const seqs = () =>
      received.filter((it) => it.event === "mission_event").map((it) => it.payload.data.seq);
    await eventually(() => seqs().length >= TOTAL, "all events came");
    assert.deepEqual(seqs(), Array.from({ length: TOTAL }, (_, i) => i + 1));
  }
  await kiosk.close();
});

Deno.test("[M-29] the log is followed while somebody watches, and read on after a failed read", async () => {
  const stored = [{ attemptId: "a", eventType: "one", timestamp: "t", data: {} }];
  const signals: AbortSignal[] = [];
  let reads = 0;
  const missions = {
    position: () => 0,
    wait(position: number, signal: AbortSignal) {
      signals.push(signal);
      if (position === 0) return Promise.resolve();
      return new Promise<void>((done) => signal.addEventListener("abort", () => done()));
    },
    after() {
      if (++reads === 1) return Promise.reject(new Error("No disk"));
      return Promise.resolve({ events: stored, position: 1 });
    },
  };
  await using server = await ioServer({ missions });
  await using watcher = ioClient(server.url, { auth: { token: "staff:a" } });
  assert.deepEqual(await watcher.next("mission_event"), stored[0]);
  assert.match(String(server.faults), /No disk/);
  await eventually(() => signals.length === 3, "it waits for more");
  await watcher.ask("leave", "admin_monitor");
  assert.ok(signals[2].aborted);
  await watcher.ask("join", "admin_monitor");
  assert.deepEqual(await watcher.next("mission_event"), stored[0]);
  await eventually(() => signals.length === 5, "it waits again");
  assert.ok(!signals[4].aborted);
});
