import assert from "node:assert/strict";
import { eventSchema, startSchema } from "../../../lib/missions/schema.ts";
import { SESSION_ID } from "../../support/test_app.ts";

const START = {
  sessionId: SESSION_ID,
  missionType: "portfolio",
  timestamp: "2025-01-19T10:30:00.000Z",
};
const EVENT = {
  eventType: "page_view",
  timestamp: "2025-01-19T10:30:05.123Z",
  sessionId: SESSION_ID,
  attemptId: "attempt_1737285005123",
  data: { url: "/portfolio/create/auto" },
};

Deno.test("[M-01] the document's start body is good, what it does not name is ignored", () => {
  const parsed = startSchema.parse({ ...START, extra: 1 });
  assert.deepEqual(parsed, {
    sessionId: SESSION_ID,
    missionType: "portfolio",
    timestamp: Date.parse("2025-01-19T10:30:00.000Z"),
  });
});

Deno.test("[M-22][M-34][M-60] the document's event is good", () => {
  const parsed = eventSchema.parse(EVENT);
  assert.equal(parsed.timestamp, Date.parse(EVENT.timestamp));
  assert.deepEqual(parsed.data, EVENT.data);
});

const GOOD_TIMES: readonly [text: string, iso: string][] = [
  ["2025-01-19T10:30:00Z", "2025-01-19T10:30:00.000Z"],
  ["2025-01-19T19:30:00+09:00", "2025-01-19T10:30:00.000Z"],
  ["2025-01-19T10:30:00.123456Z", "2025-01-19T10:30:00.123Z"],
  ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
];

for (const [text, iso] of GOOD_TIMES) {
  Deno.test(`[M-60] ${text} is a time`, () => {
    const { timestamp } = startSchema.parse({ ...START, timestamp: text });
    assert.equal(new Date(timestamp).toISOString(), iso);
  });
}

const BAD_TIMES: readonly unknown[] = [
  "2025-01-19T10:30:00",
  "2025-01-19",
  "2025-02-30T10:30:00Z",
  "yesterday",
  "",
  1737282600000,
  null,
];

for (const timestamp of BAD_TIMES) {
  Deno.test(`[M-60] ${JSON.stringify(timestamp)} is no time`, () => {
    assert.deepEqual(faultsOf(startSchema.safeParse({ ...START, timestamp })), ["timestamp"]);
    assert.deepEqual(faultsOf(eventSchema.safeParse({ ...EVENT, timestamp })), ["timestamp"]);
  });
}

const BAD_EVENTS: readonly [field: string, value: unknown][] = [
  ["eventType", ""],
  ["eventType", "x".repeat(51)],
  ["eventType", 7],
  ["eventType", undefined],
  ["timestamp", undefined],
  ["sessionId", "not-a-uuid"],
  ["sessionId", 7],
  ["attemptId", "attempt_12x"],
  ["attemptId", "attempt_"],
  ["attemptId", `attempt_${"1".repeat(43)}`],
  ["data", undefined],
  ["data", null],
  ["data", "text"],
  ["data", []],
  ["clientEventId", "7"],
  ["seq", 0],
  ["seq", -1],
  ["seq", 1.5],
  ["seq", "1"],
  ["seq", 1_000_000_001],
  ["sentAt", "now"],
];

for (const [field, value] of BAD_EVENTS) {
  const shown = String(JSON.stringify(value)).slice(0, 30);
  Deno.test(`[M-45][M-60][T-M08] an event with ${field} ${shown} is refused for it`, () => {
    assert.deepEqual(faultsOf(eventSchema.safeParse({ ...EVENT, [field]: value })), [field]);
  });
}

const BAD_STARTS: readonly [field: string, value: unknown][] = [
  ["sessionId", undefined],
  ["sessionId", "550e8400"],
  ["missionType", undefined],
  ["missionType", ""],
  ["missionType", "x".repeat(21)],
  ["missionType", 7],
  ["timestamp", undefined],
];

for (const [field, value] of BAD_STARTS) {
  const shown = String(JSON.stringify(value)).slice(0, 30);
  Deno.test(`[M-01][M-45] a start with ${field} ${shown} is refused for it`, () => {
    assert.deepEqual(faultsOf(startSchema.safeParse({ ...START, [field]: value })), [field]);
  });
}

Deno.test("ids of sessions and events are the same in either letter case", () => {
  const upper = SESSION_ID.toUpperCase();
  assert.equal(startSchema.parse({ ...START, sessionId: upper }).sessionId, SESSION_ID);
  const clientEventId = "01890A5D-AC96-774B-BCCE-B302099A8057";
  const parsed = eventSchema.parse({ ...EVENT, sessionId: upper, clientEventId });
  assert.equal(parsed.sessionId, SESSION_ID);
  assert.equal(parsed.clientEventId, clientEventId.toLowerCase());
});

function faultsOf(
  { error }: ReturnType<typeof startSchema.safeParse | typeof eventSchema.safeParse>,
) {
  return [...new Set(error?.issues.map((issue) => issue.path.join(".")))];
}
