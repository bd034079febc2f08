import assert from "node:assert/strict";
import { CORE } from "../../../../lib/missions/analytics/core.ts";
import { missionFigures, pathFigures } from "../../../../lib/missions/analytics/figures.ts";
import { assertFinite } from "../../../support/numbers.ts";
import { attemptRow } from "../../../support/attempt_rows.ts";
import { PORTFOLIO, VOCABULARY } from "../../../support/mission_facts.ts";

Deno.test("[M-40][M-41][M-42][M-43] figures of no attempts are zeros and nulls", () => {
  const none = missionFigures([], PORTFOLIO);
  assert.deepEqual(none, {
    totalAttempts: 0,
    completedAttempts: 0,
    quittedAttempts: 0,
    endedAttempts: 0,
    completionRate: null,
    avgDuration: null,
    minDuration: null,
    maxDuration: null,
    medianDuration: null,
    avgRating: null,
    ratingDistribution: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
    stepStats: {
      step1_completions: 0,
      step2_completions: 0,
      step3_completions: 0,
      step4_completions: 0,
      step5_completions: 0,
      mostAbandoned: null,
    },
  });
  assert.deepEqual(pathFigures([], VOCABULARY), {
    totalCompletions: 0,
    pathStats: { path1_vocabulary: 0, path2_search: 0, path3_etfDetail: 0 },
    avgDurationByPath: { path1_vocabulary: null, path2_search: null, path3_etfDetail: null },
  });
});

Deno.test("[M-40][T-M23] running attempts count as attempts and not in the rate, expired ones do", () => {
  const rows = [
    attemptRow({ completedSec: 60 }),
    attemptRow({ completedSec: 60 }),
    attemptRow({ quitSec: 20 }),
    attemptRow({ expired: true, lastSec: 5 }),
    attemptRow({ lastSec: 5 }),
    attemptRow(),
  ];
  const { totalAttempts, completedAttempts, quittedAttempts, endedAttempts, completionRate } =
    missionFigures([CORE.of(rows)], PORTFOLIO);
  assert.deepEqual(
    { totalAttempts, completedAttempts, quittedAttempts, endedAttempts, completionRate },
    {
      totalAttempts: 6,
      completedAttempts: 2,
      quittedAttempts: 1,
      endedAttempts: 4,
      completionRate: 50,
    },
  );
});

Deno.test("[M-41][T-M10] durations are total durations of the completed, in seconds with one decimal", () => {
  const rows = [
    attemptRow({ completedSec: 60.24, succeededSec: 1 }),
    attemptRow({ completedSec: 70.05 }),
    attemptRow({ completedSec: 80.31 }),
    attemptRow({ quitSec: 1 }),
  ];
  const { avgDuration, minDuration, maxDuration, medianDuration } = missionFigures(
    [CORE.of(rows.slice(0, 1)), CORE.of(rows.slice(1))],
    PORTFOLIO,
  );
  assert.deepEqual(
    { avgDuration, minDuration, maxDuration, medianDuration },
    { avgDuration: 70.2, minDuration: 60.2, maxDuration: 80.3, medianDuration: 70.1 },
  );
});

Deno.test("[M-43][T-M23] the step most abandoned is the lowest of those with the largest drop", () => {
  const rows = [[1, 2, 3, 4, 5], [1, 2], [1], []].map((steps) => attemptRow({ steps }));
  const { stepStats } = missionFigures([CORE.of(rows)], PORTFOLIO);
  // 4 attempts, then 3, 2, 1, 1, 1: each of the first three steps lost one.
  assert.equal(stepStats?.mostAbandoned, 1);
});

Deno.test("[M-43] all missions together have neither steps nor paths", () => {
  const rows = [attemptRow({ completedSec: 60, steps: [1] }), attemptRow({ path: "path2_search" })];
  const figures = missionFigures([CORE.of(rows)], null);
  assert.ok(!("stepStats" in figures) && !("pathStats" in figures));
});

Deno.test("[M-43] paths are counted for completed attempts, whichever way was tried by others", () => {
  const missionType = "vocabulary";
  const rows = [
    attemptRow({ missionType, completedSec: 12.34, path: "path2_search" }),
    attemptRow({ missionType, completedSec: 13.3, path: "path2_search" }),
    attemptRow({ missionType, completedSec: 9 }),
    attemptRow({ missionType, quitSec: 9, path: "path1_vocabulary" }),
  ];
  const figures = missionFigures([CORE.of(rows)], VOCABULARY);
  assert.deepEqual(figures.pathStats, { path1_vocabulary: 0, path2_search: 2, path3_etfDetail: 0 });
  assert.ok(!("stepStats" in figures));
  const paths = pathFigures([CORE.of(rows)], VOCABULARY);
  assert.equal(paths.totalCompletions, 3);
  assert.deepEqual(paths.avgDurationByPath, {
    path1_vocabulary: null,
    path2_search: 12.8,
    path3_etfDetail: null,
  });
  assertFinite(paths);
});
