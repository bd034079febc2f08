import assert from "node:assert/strict";
import fc from "fast-check";
import { applyToGate, openGate } from "../../../lib/missions/gate.ts";
import { outcomeOf } from "../../../lib/missions/lifecycle.ts";
import { rebuildRow } from "../../../lib/missions/rebuild.ts";
import { type Arrival, decideEvent } from "../../../lib/missions/record.ts";
import type { AttemptRow, MissionFact } from "../../../lib/missions/schema.ts";
import { disturbed } from "../../support/mission_arbitraries.ts";
import {
  ATTEMPT_ID,
  MISSIONS,
  START_AT,
  startedFact,
  toRecords,
} from "../../support/mission_facts.ts";

const MISSION_TYPES = fc.constantFrom("portfolio", "vocabulary");

/** The row that arrivals make, an expiry after so many of them; null for none. */
function rowOf(missionType: string, arrivals: readonly Arrival[], expiry: number | null) {
  const started = startedFact({ missionType });
  const gate = openGate(started, MISSIONS);
  const facts: MissionFact[] = [started];
  let lastId = 0;
  const ids = { event: () => `event_${++lastId}`, review: () => `review_${++lastId}` };
  for (const [index, arrival] of arrivals.entries()) {
    if (index === expiry) expire();
    const decision = decideEvent(gate, arrival, ids);
    assert.notEqual(decision.kind, "refused");
    if (decision.kind === "accepted") facts.push(...decision.facts);
  }
  if (expiry !== null && expiry >= arrivals.length) expire();

  function expire(): void {
    if (gate.lifecycle.phase === "ended") return;
    const at = START_AT + 7_000_000;
    const fact: MissionFact = { type: "missions.attempt_expired", attemptId: ATTEMPT_ID, at };
    applyToGate(gate, fact);
    facts.push(fact);
  }

  const row = rebuildRow(toRecords(facts), MISSIONS);
  assert.ok(row !== null);
  assert.deepEqual(row.lifecycle, gate.lifecycle, "gate and row agree");
  return row;
}

/** Of a row, all that must not depend on the order of arrival. */
function settled({ lifecycle, journey, eventCount }: AttemptRow) {
  const { terminal, duplicateTerminals } = lifecycle;
  return {
    outcome: outcomeOf(lifecycle, journey),
    terminal: terminal === null ? null : { ...terminal, eventId: null },
    duplicateTerminals,
    journey,
    eventCount,
  };
}

Deno.test("[T-M24] any order and any repeats of the events make the same row", () => {
  fc.assert(
    fc.property(disturbed, MISSION_TYPES, ({ inOrder, asTheyCame }, missionType) => {
      const undisturbed = rowOf(missionType, inOrder, null);
      assert.deepEqual(settled(rowOf(missionType, asTheyCame, null)), settled(undisturbed));
      assert.equal(undisturbed.eventCount, inOrder.length);
    }),
    { numRuns: 300 },
  );
});

Deno.test("[T-M06][T-M24] an expiry between late events changes nothing in the end", () => {
  fc.assert(
    fc.property(disturbed, MISSION_TYPES, fc.nat(20), (events, missionType, expiry) => {
      const { inOrder, asTheyCame } = events;
      const undisturbed = rowOf(missionType, inOrder, inOrder.length);
      assert.deepEqual(settled(rowOf(missionType, asTheyCame, expiry)), settled(undisturbed));
    }),
    { numRuns: 300 },
  );
});

Deno.test("[T-M24] once completed, no later arrival makes a terminal event a quit", () => {
  fc.assert(
    fc.property(disturbed, ({ asTheyCame }) => {
      const kinds = asTheyCame.map((_, index) =>
        rowOf("portfolio", asTheyCame.slice(0, index + 1), null).lifecycle.terminal?.kind
      );
      const first = kinds.indexOf("completed");
      if (first >= 0) assert.ok(kinds.slice(first).every((kind) => kind === "completed"));
    }),
    { numRuns: 100 },
  );
});
