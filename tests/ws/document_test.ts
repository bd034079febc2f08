import assert from "node:assert/strict";
import { documentMessages, event } from "../support/events.ts";
import { readAttempt, readEvents } from "../support/reading.ts";
import { connect } from "../support/socket_client.ts";
import { startMission, testApp } from "../support/test_app.ts";

const START = "2025-01-19T10:30:00.000Z";

Deno.test("[E-8.3][M-22][M-25][M-34] the document's messages are acknowledged and end the attempt", async () => {
  await using app = await testApp();
  const started = await startMission(app, { timestamp: START });
  const client = await connect(await app.listen(), started);
  await client.next("connection_ack");
  const messages = documentMessages(started.attemptId);
  for (const message of messages) client.send(message);
  const acks = [];
  for (const _ of messages) acks.push(await client.next());
  for (const ack of acks) assert.deepEqual(Object.keys(ack), ["type", "eventId", "timestamp"]);

  const stored = await readEvents(app, started);
  assert.deepEqual(
    stored.map((one) => one.eventId),
    acks.map((ack) => ack.type === "event_ack" ? ack.eventId : ack),
  );
  for (const [at, { eventType, timestamp, data }] of messages.entries()) {
    const { isMissionRelevant: _, ...kept } = stored[at].data;
    assert.deepEqual([stored[at].eventType, stored[at].timestamp], [eventType, timestamp]);
    // As text: key order, numbers and Korean are those that were sent.
    assert.equal(JSON.stringify(kept), JSON.stringify(data));
  }
  const attempt = await readAttempt(app, started);
  assert.equal(attempt.status, "completed");
  assert.equal(attempt.endTime, "2025-01-19T10:36:30.000Z");
  assert.equal(attempt.totalDuration, 390);
  await client.close();
});

Deno.test("[E-8.3] text survives byte for byte, whatever the script", async () => {
  await using app = await testApp();
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  const data = {
    composed: "포트폴리오",
    // The same word in jamo: must not be normalised.
    decomposed: "포트폴리오".normalize("NFD"),
    emoji: "👩‍👩‍👧‍👦🇰🇷",
    rightToLeft: "\u202eשלום",
    controls: "\u0001\u001f\t\r\n\u007f\u2028\ufeff",
    "키 ": " 앞뒤 ",
  };
  client.send(event({ data }));
  await client.next("event_ack");
  const [stored] = await readEvents(app, started);
  const encoder = new TextEncoder();
  for (const [key, text] of Object.entries(data)) {
    assert.deepEqual(encoder.encode(String(stored.data[key])), encoder.encode(text));
  }
  await client.close();
});

Deno.test("[M-28][T-M09] an event is stored with its id, its arrival and its delays", async () => {
  await using app = await testApp();
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  const before = Date.now();
  client.send(event());
  const { eventId } = await client.next("event_ack");
  const [stored] = await readEvents(app, started);
  assert.equal(stored.eventId, eventId);
  const receivedAt = Date.parse(stored.receivedAt);
  assert.ok(receivedAt >= before && receivedAt <= Date.now());
  assert.ok(stored.processingTime >= 0 && stored.processingTime < 5_000);
  assert.ok(stored.serverProcessingMs >= 0 && stored.serverProcessingMs < 1_000);
  assert.equal(stored.delivery, "live");
  await client.close();
});

const KNOWN = {
  "M-31": [
    "mission_started",
    "page_view",
    "portfolio_creation_step",
    "portfolio_created",
    "vocabulary_card_clicked",
    "vocabulary_detail_viewed",
    "vocabulary_countdown_tick",
    "vocabulary_countdown_complete",
    "mission_complete_modal_shown",
    "mission_rating_submitted",
    "mission_completed",
    "mission_quitted",
  ],
  "M-32": [
    "button_clicked",
    "navigation_clicked",
    "input_interaction",
    "card_clicked",
    "modal_interaction",
    "search_performed",
    "bookmark_toggled",
  ],
} as const;

Deno.test("[M-31][M-32][M-33] all documented events are taken, and unknown ones as well", async () => {
  await using app = await testApp();
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  // All at one moment: what comes after the end would be refused.
  const timestamp = new Date().toISOString();
  const types = [...KNOWN["M-31"], ...KNOWN["M-32"], "content_viewed"];
  for (const eventType of types) {
    client.send(event({ eventType, timestamp, data: { page: "/home", isMissionRelevant: true } }));
  }
  for (const _ of types) await client.next("event_ack");
  const stored = await readEvents(app, started);
  assert.deepEqual(stored.map((one) => one.eventType), types);
  const relevant = new Map(stored.map(({ eventType, data }) => [eventType, data]));
  assert.equal(relevant.get("mission_completed")?.isMissionRelevant, true);
  assert.equal(relevant.get("button_clicked")?.isMissionRelevant, false);
  assert.equal(relevant.get("button_clicked")?.clientIsMissionRelevant, true);
  await client.close();
});

Deno.test("[M-71] a client hears nothing but acknowledgements, whatever the server does beside", async () => {
  await using app = await testApp();
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  client.send(event());
  await client.next("event_ack");
  await app.docent.hub.beat();
  client.send(event());
  await client.next("event_ack");
  assert.deepEqual(client.received.map(({ type }) => type), [
    "connection_ack",
    "event_ack",
    "event_ack",
  ]);
  await client.close();
});
