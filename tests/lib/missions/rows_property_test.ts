import assert from "node:assert/strict";
import fc from "fast-check";
import { ATTEMPT_SORTS, missionKeys } from "../../../lib/missions/keys.ts";
import { rebuildRow } from "../../../lib/missions/rebuild.ts";
import type { Arrival } from "../../../lib/missions/record.ts";
import { ATTEMPT_STATUSES } from "../../../lib/missions/schema.ts";
import { disturbed, RECEIVED_AT } from "../../support/mission_arbitraries.ts";
import { MISSIONS, START_AT } from "../../support/mission_facts.ts";
import { openTestMissions } from "../../support/open_missions.ts";
import { SESSION_ID } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

type TestMissions = Awaited<ReturnType<typeof openTestMissions>>;

interface Visit {
  readonly missionType: string;
  readonly arrivals: readonly Arrival[];
  /** Sent together, without waiting for the acknowledgement of the one before. */
  readonly inFlight: number;
  readonly rating: number | null;
}

const visit: fc.Arbitrary<Visit> = fc.record({
  missionType: fc.constantFrom("portfolio", "vocabulary"),
  arrivals: disturbed.map(({ asTheyCame }) => asTheyCame),
  inFlight: fc.integer({ min: 1, max: 6 }),
  rating: fc.option(fc.integer({ min: 1, max: 5 })),
});

async function play({ missions }: TestMissions, visit: Visit): Promise<string> {
  const { missionType, inFlight, rating } = visit;
  const input = { sessionId: SESSION_ID, missionType, timestamp: START_AT };
  const { attemptId } = await missions.start(input, { kioskId: null, idempotencyKey: null });
  await missions.connect(attemptId, `conn_${attemptId}`, "hash");
  for (let i = 0; i < visit.arrivals.length; i += inFlight) {
    const together = visit.arrivals.slice(i, i + inFlight);
    await Promise.all(together.map((arrival) => missions.record(attemptId, arrival)));
    // Rows are read now and then, so that the projection takes steps of many sizes.
    if (inFlight % 2 === 0) await missions.get(attemptId);
  }
  if (rating !== null) await missions.review(attemptId, { rating });
  return attemptId;
}

async function indexesOf({ kv }: TestMissions): Promise<string[]> {
  const prefixes = [missionKeys.endedAll, ...ATTEMPT_SORTS.map(missionKeys.sortedAll)];
  const keys: string[] = [];
  for (const prefix of prefixes) {
    for await (const { key } of kv.list({ prefix })) keys.push(JSON.stringify(key));
  }
  return keys;
}

async function stateOf(app: TestMissions, attemptIds: readonly string[]) {
  await app.missions.get(attemptIds[0]);
  return {
    rows: await app.attempts.findMany(attemptIds),
    counts: await app.attempts.counts(),
    indexes: await indexesOf(app),
  };
}

Deno.test("[M-35][T-M18] rows, counts and indexes are a fold over the histories, live and rebuilt", async () => {
  const visits = fc.array(visit, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(visits, async (visits) => {
      await using app = await openTestMissions({ clock: testClock(RECEIVED_AT) });
      const ids = await Promise.all(visits.map((visit) => play(app, visit)));
      const live = await stateOf(app, ids);

      for (const [index, row] of live.rows.entries()) {
        assert.deepEqual(row, rebuildRow(await app.history.read(ids[index]), MISSIONS));
      }
      const counted = Object.values(live.counts).flatMap((it) => Object.values(it));
      assert.equal(counted.reduce((sum, count) => sum + count, 0), visits.length);
      assert.ok(counted.every((count) => count >= 0));
      for (const sort of ATTEMPT_SORTS) {
        const query = { missionTypes: MISSIONS.types, statuses: ATTEMPT_STATUSES, sort } as const;
        const listed = await app.missions.list({ ...query, order: "asc", limit: 100, offset: 0 });
        const listedIds = listed.rows.map(({ attemptId }) => attemptId);
        assert.deepEqual(listedIds.toSorted(), [...ids].sort(), sort);
        assert.equal(listed.total, visits.length);
      }

      await app.missions.rebuild();
      const rebuilt = await stateOf(app, ids);
      assert.deepEqual(rebuilt.rows, live.rows);
      assert.deepEqual(rebuilt.indexes, live.indexes);
      assert.deepEqual(withoutZeros(rebuilt.counts), withoutZeros(live.counts));
      assert.deepEqual(app.faults, []);
    }),
    { numRuns: 40 },
  );
});

/** A status that attempts have passed stays in the live counts, as zero. */
function withoutZeros(counts: Record<string, Partial<Record<string, number>>>) {
  return Object.entries(counts).flatMap(([type, byStatus]) =>
    Object.entries(byStatus).filter(([, count]) => count !== 0).map((entry) => [type, ...entry])
  ).sort();
}
