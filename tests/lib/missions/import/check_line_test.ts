import assert from "node:assert/strict";
import { AppError } from "../../../../lib/errors.ts";
import { checkLine, MAX_LINE_BYTES } from "../../../../lib/missions/import/check_line.ts";
import { eventFact, MISSIONS, startedFact } from "../../../support/mission_facts.ts";

function check(line: string | null) {
  return checkLine({ number: 1, text: line, bytes: line?.length ?? MAX_LINE_BYTES + 1 }, MISSIONS);
}

const EVENT = eventFact("page_view", 5, { url: "/홈" }, {
  clientEventId: "01890a5d-ac96-774b-bcce-b302099a8057",
  seq: 1,
});

Deno.test("[M-18] a line of an export is the fact that it was", () => {
  for (const fact of [startedFact(), EVENT]) {
    assert.deepEqual(check(JSON.stringify(fact)), fact);
  }
});

const REFUSED: readonly [name: string, line: string | null, field: string | undefined][] = [
  ["not JSON", "{", undefined],
  ["not an object", "[]", undefined],
  ["of no known type", '{"type": "missions.forgotten"}', "type"],
  ["without a type", "{}", "type"],
  ["without a field", JSON.stringify({ ...EVENT, eventId: undefined }), "eventId"],
  ["with a field of another type", JSON.stringify({ ...EVENT, data: "text" }), "data"],
  ["with a foreign form of id", JSON.stringify({ ...EVENT, attemptId: "../etc" }), "attemptId"],
  ["with a foreign event id", JSON.stringify({ ...EVENT, eventId: "e".repeat(40) }), "eventId"],
  ["of another century", JSON.stringify({ ...EVENT, at: 1 }), "at"],
  ["with half a millisecond", JSON.stringify({ ...EVENT, at: EVENT.at + 0.5 }), "at"],
  ["with a seq of 0", JSON.stringify({ ...EVENT, seq: 0 }), "seq"],
  ["with a long event type", JSON.stringify({ ...EVENT, eventType: "x".repeat(51) }), "eventType"],
  ["of a session without UUID", JSON.stringify(startedFact({ sessionId: "me" })), "sessionId"],
  [
    "of a mission that is not defined",
    JSON.stringify(startedFact({ missionType: "theme" })),
    "missionType",
  ],
  ["with a lone surrogate", '{"type":"missions.connected","attemptId":"\\ud800"}', undefined],
  ["too long", null, undefined],
  [
    "too long once its numbers are written out",
    JSON.stringify({ ...EVENT, data: { n: 0 } }).replace(
      '"n":0',
      `"n":[${Array(9_000).fill("1e15")}]`,
    ),
    undefined,
  ],
];

for (const [name, line, field] of REFUSED) {
  Deno.test(`[M-18] a line ${name} is refused`, () => {
    assert.throws(() => check(line), (error) => {
      assert.ok(error instanceof AppError, String(error));
      assert.match(error.code, /^(VALIDATION_ERROR|PAYLOAD_TOO_LARGE)$/);
      assert.equal(error.details?.field, field);
      assert.equal(typeof error.details?.expected, "string");
      return true;
    });
  });
}
