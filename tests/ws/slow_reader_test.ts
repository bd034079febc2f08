import assert from "node:assert/strict";
import { eventually, turn } from "../support/eventually.ts";
import { closePayload, concat, frame, OPCODE } from "../support/frames.ts";
import { upgradeRaw } from "../support/raw_socket.ts";
import { readEvents } from "../support/reading.ts";
import { connect } from "../support/socket_client.ts";
import { numbered } from "../support/events.ts";
import { faultyKv } from "../support/faulty_kv.ts";
import { startMission, testApp } from "../support/test_app.ts";

/** The same event again and again: each is answered, nothing has to be stored. */
const GREEDY = frame({ opcode: OPCODE.text, payload: JSON.stringify(numbered(1)) });
const NO_LIMIT = { RATE_EVENT_BURST: "1000000000", RATE_EVENTS_PER_SEC: "1000000000" };

Deno.test("[T-M07] a peer that never reads is cut off at the cap, the others are served", async () => {
  await using app = await testApp({ env: NO_LIMIT });
  const base = await app.listen();
  using raw = await upgradeRaw(base, await startMission(app));
  const started = await startMission(app);
  const other = await connect(base, started);
  await eventually(() => app.docent.hub.count() === 2, "both are connected");
  const burst = concat(Array(500).fill(GREEDY));
  let sentBytes = 0;
  // The kernel takes some MiB before anything queues in the server.
  while (sentBytes < 100 * 1024 * 1024 && await raw.write(burst)) sentBytes += burst.length;
  assert.ok(sentBytes < 100 * 1024 * 1024, "it was never cut off");
  await eventually(() => app.docent.hub.count() === 1, "the peer is gone");
  other.send(numbered(1));
  await other.next("event_ack");
  await other.close();
});

Deno.test("[T-M18] a sender that is too fast is not read on until his events are stored", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, hold, commits } = faultyKv(real);
  await using app = await testApp({ parts: { kv }, env: { RATE_EVENT_BURST: "100000" } });
  const started = await startMission(app);
  using raw = await upgradeRaw(await app.listen(), started);
  await readEvents(app, started);
  const TOTAL = 3_000;
  const data = { text: "x".repeat(1_000) };
  const [first, ...rest] = Array.from(
    { length: TOTAL },
    (_, i) => frame({ opcode: OPCODE.text, payload: JSON.stringify(numbered(i + 1, { data })) }),
  );
  using gate = hold();
  const before = commits();
  await raw.write(first);
  await eventually(() => commits() > before, "a commit is under way");
  const goodbye = frame({ opcode: OPCODE.close, payload: closePayload(1000) });
  const writing = raw.write(concat([...rest, goodbye]));
  const { log } = app.docent;
  await eventually(() => log.stats().waiting >= 255, "256 are under way");
  // What had been read with them may still come; the rest stays with the sender.
  for (let i = 0; i < 50; i++) await turn();
  assert.ok(log.stats().waiting < 1_000, `${log.stats().waiting} events wait in memory`);
  gate.open();
  assert.equal((await Promise.all([raw.closeCode(), writing]))[0], 1000);
  assert.equal((await app.docent.missions.get(started.attemptId)).eventCount, TOTAL);
});
