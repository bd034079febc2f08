import assert from "node:assert/strict";
import {
  type AttemptCounts,
  countChange,
  indexKeys,
  indexWrites,
  totalDuration,
} from "../../../lib/missions/attempt_index.ts";
import { rebuildRow } from "../../../lib/missions/rebuild.ts";
import type { AttemptRow, MissionFact } from "../../../lib/missions/schema.ts";
import {
  ATTEMPT_ID,
  eventFact,
  MISSIONS,
  START_AT,
  startedFact,
  toRecords,
} from "../../support/mission_facts.ts";

function rowOf(...facts: MissionFact[]): AttemptRow {
  const row = rebuildRow(toRecords<MissionFact>([startedFact(), ...facts]), MISSIONS);
  assert.ok(row !== null);
  return row;
}

const reviewed = (rating: number): MissionFact => ({
  type: "missions.reviewed",
  attemptId: ATTEMPT_ID,
  reviewId: "review_1",
  rating,
  feedback: null,
  submittedAt: START_AT,
  via: "rest",
  warnings: [],
});

const PENDING = rowOf();
const RUNNING = rowOf(eventFact("page_view", 5));
const COMPLETED = rowOf(eventFact("page_view", 5), eventFact("mission_completed", 390));

const DURATIONS: readonly [name: string, row: AttemptRow, seconds: number | null][] = [
  ["[M-06][T-M10] a running attempt has no duration", RUNNING, null],
  ["[M-06][T-M10] the sample attempt took 390 s", COMPLETED, 390],
  ["[M-45] a duration has three decimals", rowOf(eventFact("mission_quitted", 45.678)), 45.678],
  ["[T-M09] an end of before the start took no time", rowOf(eventFact("mission_quitted", -5)), 0],
];

for (const [name, row, seconds] of DURATIONS) {
  Deno.test(name, () => assert.equal(totalDuration(row), seconds));
}

Deno.test("[M-38] a row stands under mission, status, start, duration and rating", () => {
  const at = (status: string, sort: string, hasValue: number, value: number) => [
    "missions",
    `attempts_by_${sort}`,
    "portfolio",
    status,
    hasValue,
    value,
    ATTEMPT_ID,
  ];
  assert.deepEqual(indexKeys(PENDING), [
    at("pending", "startTime", 1, START_AT),
    at("pending", "duration", 0, 0),
    at("pending", "rating", 0, 0),
  ]);
  assert.deepEqual(indexKeys({ ...COMPLETED, review: rowOf(reviewed(4)).review }), [
    at("completed", "startTime", 1, START_AT),
    at("completed", "duration", 1, 390),
    at("completed", "rating", 1, 4),
    ["missions", "attempts_with_events", START_AT + 390_000, ATTEMPT_ID],
    ["missions", "attempts_by_end", START_AT + 390_000, "completed", ATTEMPT_ID],
  ]);
});

Deno.test("[T-M21] an end is found by our clock, not by the kiosk's", () => {
  const hour = 3_600_000;
  const fast = eventFact("mission_completed", 3600 + 390, {}, { clockOffsetMs: hour });
  assert.deepEqual(indexKeys(rowOf(fast)).at(-1)?.at(2), START_AT + 390_000);
});

Deno.test("[M-70] a row that is over stands by its last sign of life as long as it has events", () => {
  const found = (row: AttemptRow) =>
    indexKeys(row).some((key) => key.includes("attempts_with_events"));
  assert.equal(found(COMPLETED), true);
  assert.equal(found({ ...COMPLETED, eventsRemovedAt: START_AT }), false);
  assert.equal(found({ ...COMPLETED, eventCount: 0 }), false);
  assert.equal(found(rowOf(eventFact("page_view", 1))), false, "it is not over");
});

Deno.test("indexes of a new row are all set, and nothing is written where none changed", () => {
  assert.deepEqual(indexWrites(null, PENDING).map(({ kind }) => kind), ["set", "set", "set"]);
  assert.deepEqual(indexWrites(RUNNING, rowOf(eventFact("page_view", 5), eventFact("x", 6))), []);
});

Deno.test("indexes follow a row that changes: what it stood under goes", () => {
  const writes = indexWrites(RUNNING, COMPLETED);
  const keysOf = (kind: string) => writes.filter((it) => it.kind === kind).map(({ key }) => key);
  assert.deepEqual(keysOf("set"), indexKeys(COMPLETED));
  assert.deepEqual(keysOf("delete"), indexKeys(RUNNING));
});

Deno.test("counts move with the status and are the same object where none moved", () => {
  const none: AttemptCounts = {};
  const started = countChange(none, null, PENDING);
  assert.deepEqual(started, { portfolio: { pending: 1 } });
  assert.equal(countChange(started, PENDING, PENDING), started);
  const running = countChange(started, PENDING, RUNNING);
  assert.deepEqual(running, { portfolio: { pending: 0, in_progress: 1 } });
  const other = { ...COMPLETED, missionType: "vocabulary" };
  assert.deepEqual(countChange(running, null, other), { ...running, vocabulary: { completed: 1 } });
  assert.deepEqual(none, {});
});
