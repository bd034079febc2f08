import assert from "node:assert/strict";
import { compareCounts, differingFields, isNear } from "../../../../lib/missions/verify/compare.ts";
import { rebuildRow } from "../../../../lib/missions/rebuild.ts";
import type { AttemptRow, MissionFact } from "../../../../lib/missions/schema.ts";
import { eventFact, MISSIONS, startedFact, toRecords } from "../../../support/mission_facts.ts";

function rowOf(...facts: MissionFact[]): AttemptRow {
  const row = rebuildRow(toRecords<MissionFact>([startedFact(), ...facts]), MISSIONS);
  assert.ok(row !== null);
  return row;
}

const ROW = rowOf(eventFact("page_view", 5, { url: "/a" }));

Deno.test("a row that its history makes differs in nothing", () => {
  assert.deepEqual(differingFields(ROW, ROW), []);
  assert.deepEqual(differingFields(JSON.parse(JSON.stringify(ROW)), ROW), []);
});

Deno.test("the fields that differ are named, at any depth", () => {
  const journey = { ...ROW.journey, pages: ["/a", "/b"] };
  assert.deepEqual(differingFields({ ...ROW, journey, eventCount: 2 }, ROW).sort(), [
    "eventCount",
    "journey",
  ]);
});

Deno.test("counts are compared by mission and status; none is 0", () => {
  assert.deepEqual(
    compareCounts({ portfolio: { completed: 2, pending: 0 } }, { portfolio: { completed: 2 } }),
    [],
  );
  assert.deepEqual(
    compareCounts({ portfolio: { completed: 3 } }, {
      portfolio: { completed: 2 },
      vocabulary: { expired: 1 },
    }),
    [
      "Count of portfolio completed is 3, rows are 2",
      "Count of vocabulary expired is 0, rows are 1",
    ],
  );
});

Deno.test("numbers are near to nine digits, everything else is the same or not", () => {
  const pairs: readonly [unknown, unknown, boolean][] = [
    [1, 1, true],
    [0.1 + 0.2, 0.3, true],
    [1, 1.000001, false],
    [0, 1e-12, false],
    [{ a: [1, 2.0000000000001] }, { a: [1, 2] }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1 }, { b: 1 }, false],
    [[1, 2], [1], false],
    [null, {}, false],
    ["a", "a", true],
  ];
  for (const [a, b, near] of pairs) assert.equal(isNear(a, b), near, JSON.stringify([a, b]));
});
