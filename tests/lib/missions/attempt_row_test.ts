import assert from "node:assert/strict";
import { encodeJson } from "../../../lib/kv/json_value.ts";
import { MAX_VALUE_BYTES } from "../../../lib/kv/limits.ts";
import { reduceRow, startRow } from "../../../lib/missions/attempt_row.ts";
import { rememberedConnection } from "../../../lib/missions/connection.ts";
import { outcomeOf } from "../../../lib/missions/lifecycle.ts";
import { rebuildRow } from "../../../lib/missions/rebuild.ts";
import {
  type AttemptRow,
  attemptRowSchema,
  type MissionFact,
} from "../../../lib/missions/schema.ts";
import {
  ATTEMPT_ID,
  eventFact,
  MISSIONS,
  PORTFOLIO,
  START_AT,
  startedFact,
  toRecords,
} from "../../support/mission_facts.ts";

const connected = (connectionId: string, atSec: number): MissionFact => ({
  type: "missions.connected",
  attemptId: ATTEMPT_ID,
  connectionId,
  tokenHash: "a".repeat(64),
  at: START_AT + atSec * 1000,
});
const disconnected = (connectionId: string, atSec: number): MissionFact => ({
  type: "missions.disconnected",
  attemptId: ATTEMPT_ID,
  connectionId,
  at: START_AT + atSec * 1000,
});
const reviewed = (rating: number, feedback: string | null): MissionFact => ({
  type: "missions.reviewed",
  attemptId: ATTEMPT_ID,
  reviewId: "review_1",
  rating,
  feedback,
  submittedAt: START_AT + 60_000,
  via: "rest",
  warnings: [],
});

function rowOf(facts: readonly MissionFact[]): AttemptRow {
  let row = startRow(startedFact(), 1);
  for (const fact of facts) row = reduce(row, fact).row;
  return row;
}

function reduce(row: AttemptRow, fact: MissionFact) {
  return reduceRow(row, { position: row.position + 1, fact }, PORTFOLIO);
}

Deno.test("[M-03][M-35] a start makes a pending row with the client's start and our times", () => {
  const row = startRow(startedFact({ startAt: START_AT + 5_000, kioskId: "kiosk_a" }), 7);
  assert.equal(outcomeOf(row.lifecycle, row.journey).status, "pending");
  assert.equal(row.startAt, START_AT + 5_000);
  assert.deepEqual([row.createdAt, row.updatedAt], [START_AT, START_AT]);
  assert.equal(row.clockOffsetMs, 5_000);
  assert.deepEqual([row.eventCount, row.review, row.connection], [0, null, null]);
  assert.deepEqual([row.kioskId, row.position], ["kiosk_a", 7]);
});

Deno.test("[M-05] a connection or an event begins a pending row", () => {
  for (const fact of [connected("conn_1", 1), eventFact("page_view", 1)]) {
    const row = rowOf([fact]);
    assert.equal(outcomeOf(row.lifecycle, row.journey).status, "in_progress");
    assert.equal(row.updatedAt, START_AT + 1_000);
  }
});

Deno.test("[M-30][M-39] a row has one connection, the newest, with a hash and never the token", () => {
  const { connection } = rowOf([connected("conn_1", 1), connected("conn_2", 5)]);
  assert.deepEqual(connection, {
    connectionId: "conn_2",
    tokenHash: "a".repeat(64),
    connectedAt: START_AT + 5_000,
    lastHeartbeatAt: START_AT + 5_000,
    status: "active",
    expiresAt: START_AT + 5_000 + 3_600_000,
  });
});

Deno.test("[M-30][M-39] a connection expires an hour after its last sign of life", () => {
  const facts = [connected("conn_1", 1), eventFact("page_view", 61)];
  const { connection } = rowOf(facts);
  assert.equal(connection?.lastHeartbeatAt, START_AT + 61_000);
  const last = START_AT + 61_000 + 3_600_000 - 1;
  assert.equal(rememberedConnection(connection, last), connection);
  assert.equal(rememberedConnection(connection, last + 1), null);
  const late = rowOf([...facts, disconnected("conn_1", 90), eventFact("page_view", 95)]);
  assert.equal(late.connection?.lastHeartbeatAt, START_AT + 90_000);
});

Deno.test("[M-30][T-M07] the end of a superseded connection leaves the new one active", () => {
  const facts = [connected("conn_1", 1), connected("conn_2", 5), disconnected("conn_1", 6)];
  assert.equal(rowOf(facts).connection?.status, "active");
  const { connection } = rowOf([...facts, disconnected("conn_2", 9)]);
  assert.equal(connection?.status, "disconnected");
  assert.equal(connection?.lastHeartbeatAt, START_AT + 9_000);
});

Deno.test("[M-37][T-M13] a correction keeps the review's id and its first time", () => {
  const first = reviewed(4, null);
  const { review } = rowOf([connected("conn_1", 1), first, reviewed(5, "좋아요")]);
  assert.deepEqual(review, {
    reviewId: "review_1",
    rating: 5,
    feedback: "좋아요",
    submittedAt: START_AT + 60_000,
    correctedAt: START_AT + 60_000,
    warnings: [],
  });
});

Deno.test("[T-M24] what happens after the end is counted as an event and is no part of the journey", () => {
  const row = rowOf([
    eventFact("page_view", 1, { url: "/home" }),
    eventFact("mission_completed", 10),
    eventFact("mission_rating_submitted", 30, { rating: 4 }),
  ]);
  assert.equal(row.eventCount, 3);
  assert.equal(row.journey.lastAt, START_AT + 10_000);
});

Deno.test("a late event asks to fold the journey again", () => {
  const row = rowOf([eventFact("page_view", 10)]);
  assert.equal(reduce(row, eventFact("page_view", 9)).refold, true);
  assert.equal(reduce(row, eventFact("page_view", 10)).refold, false);
});

Deno.test("[T-M24] an end that was put earlier asks to fold the journey again", () => {
  const row = rowOf([eventFact("mission_completed", 10)]);
  assert.equal(reduce(row, eventFact("mission_completed", 12)).refold, false);
  assert.equal(reduce(row, eventFact("mission_completed", 8)).refold, true);
});

Deno.test("[M-45] the largest row that a client can bring about fits a stored value", () => {
  // A control character takes six bytes in JSON: nothing takes more.
  const wide = (length: number) => "\u0001".repeat(length);
  const facts: MissionFact[] = [startedFact()];
  for (let i = 0; i < 300; i++) {
    facts.push(eventFact("page_view", i / 10, { url: `/${i}${wide(9_000)}/` }));
  }
  for (let i = 300; i > 0; i--) {
    facts.push(eventFact("mission_quitted", 1000 + i, { quitReason: wide(900) }));
  }
  facts.push(connected("conn_1", 1), reviewed(4, wide(2_000)));
  const row = rebuildRow(toRecords(facts), MISSIONS);
  assert.ok(row !== null);
  const bytes = encodeJson(row);
  assert.ok(bytes.length < MAX_VALUE_BYTES, `${bytes.length} bytes`);
  assert.deepEqual(attemptRowSchema.parse(JSON.parse(new TextDecoder().decode(bytes))), row);
  assert.equal(row.lifecycle.duplicateTerminals, 299);
});

Deno.test("[M-12] a row tells how far its events came out of order, whatever they count for", () => {
  const behind = (...seconds: number[]) =>
    rowOf(seconds.map((second) => eventFact("page_view", second))).arrival;
  assert.deepEqual(behind(), { newestAt: START_AT, maxBehindMs: 0 });
  assert.deepEqual(behind(1, 2, 2, 5), { newestAt: START_AT + 5_000, maxBehindMs: 0 });
  assert.deepEqual(behind(1, 9, 6, 8, 12, 10), { newestAt: START_AT + 12_000, maxBehindMs: 3_000 });
  // Of a clock that is days ahead: it changes no journey, and stands in the list all the same.
  const ahead = eventFact("page_view", 300_000, {}, { receivedAt: START_AT });
  const { arrival, journey } = rowOf([ahead, eventFact("page_view", 4)]);
  assert.equal(journey.lastAt, START_AT + 4_000);
  assert.deepEqual(arrival, { newestAt: START_AT + 300_000_000, maxBehindMs: 299_996_000 });
});
