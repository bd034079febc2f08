import assert from "node:assert/strict";
import fc from "fast-check";
import { toIso } from "../../../../lib/clock.ts";
import { CORE } from "../../../../lib/missions/analytics/core.ts";
import { createDetail } from "../../../../lib/missions/analytics/detail.ts";
import { missionStatistics } from "../../../../lib/missions/analytics/statistics.ts";
import type { AttemptRow } from "../../../../lib/missions/schema.ts";
import { assertSameNumbers, bruteForceFigures } from "../../../support/brute_force.ts";
import { MISSIONS } from "../../../support/mission_facts.ts";
import {
  type Exhibition,
  openExhibition,
  periodBound,
  visitAction,
} from "../../../support/visit_actions.ts";

interface Query {
  readonly kind: "query";
  readonly missionType: string;
  readonly from: number;
  readonly to: number;
}

const query: fc.Arbitrary<Query> = fc.record({
  missionType: fc.constantFrom("portfolio", "vocabulary", "all"),
  bounds: fc.tuple(periodBound, periodBound).filter(([a, b]) => a !== b),
}).map(({ missionType, bounds }) => {
  const [from, to] = bounds.toSorted((a, b) => a - b);
  return { kind: "query", missionType, from, to };
});

/** The rows that count, as the store has them. */
async function rowsOf(exhibition: Exhibition, { missionType, from, to }: Query) {
  const rows = await exhibition.app().attempts.findMany(exhibition.attemptIds);
  return rows.filter((row): row is AttemptRow =>
    row !== null && row.exclusion === null && row.startAt >= from && row.startAt < to &&
    (missionType === "all" || row.missionType === missionType)
  );
}

async function compare(exhibition: Exhibition, asked: Query): Promise<void> {
  const { missionType, from, to } = asked;
  const { statistics, period, generatedAt: _, missionType: answered, ...figures } = await exhibition
    .app().missions.missionAnalytics(
      { missionType, startDate: toIso(from), endDate: toIso(to) },
      { detail: true },
    );
  assert.deepEqual([answered, period], [missionType, { from, to }]);
  const rows = await rowsOf(exhibition, asked);
  const definition = MISSIONS.find(missionType);
  assert.deepEqual(figures, bruteForceFigures(rows, definition));
  const whole = { core: [CORE.of(rows)], detail: [createDetail(MISSIONS).of(rows)] };
  const turn = () => Promise.resolve();
  assertSameNumbers(statistics, await missionStatistics(whole, { definition, turn }));
}

Deno.test("[M-15][M-67][T-M18] analytics equal a count over all attempts, whatever happened before", async () => {
  const run = fc.array(
    fc.oneof({ weight: 3, arbitrary: visitAction }, { weight: 1, arbitrary: query }),
    { minLength: 10, maxLength: 80, size: "max" },
  );
  await fc.assert(
    fc.asyncProperty(run, async (run) => {
      await using exhibition = await openExhibition();
      for (const each of run) {
        if (each.kind === "query") await compare(exhibition, each);
        else await exhibition.act(each);
      }
      assert.deepEqual(exhibition.app().faults, []);
    }),
    { numRuns: 60 },
  );
});
