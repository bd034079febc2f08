import assert from "node:assert/strict";
import { CORE } from "../../../../lib/missions/analytics/core.ts";
import { createDetail } from "../../../../lib/missions/analytics/detail.ts";
import { missionStatistics } from "../../../../lib/missions/analytics/statistics.ts";
import type { MissionDefinition } from "../../../../lib/missions/definitions.ts";
import type { AttemptRow } from "../../../../lib/missions/schema.ts";
import { assertFinite, assertInterval, assertNear } from "../../../support/numbers.ts";
import { attemptRow, type RowShape } from "../../../support/attempt_rows.ts";
import { MISSIONS, PORTFOLIO, VOCABULARY } from "../../../support/mission_facts.ts";

const DETAIL = createDetail(MISSIONS);

/** As the server makes them, of rows that it keeps in parts of seven. */
async function statisticsOf(rows: readonly AttemptRow[], definition: MissionDefinition | null) {
  const parts: AttemptRow[][] = [];
  for (let i = 0; i < rows.length; i += 7) parts.push(rows.slice(i, i + 7));
  const statistics = await missionStatistics(
    { core: parts.map(CORE.of), detail: parts.map(DETAIL.of) },
    { definition, turn: () => Promise.resolve() },
  );
  assertFinite(statistics);
  return statistics;
}

const many = (n: number, shape: (i: number) => RowShape) =>
  Array.from({ length: n }, (_, i) => attemptRow(shape(i)));

/** The document's sample: 120 of 150 completed, its ratings and its steps. */
const SAMPLE = [
  ...many(120, (i) => ({
    completedSec: 60 + i / 2,
    succeededSec: 50 + i / 2,
    steps: [1, 2, 3, 4, 5],
    rating: i < 5 ? 1 : i < 15 ? 2 : i < 40 ? 3 : i < 90 ? 4 : 5,
  })),
  ...many(30, (i) => ({
    quitSec: 30 + i,
    quitKind: i < 20 ? "user" : i < 27 ? "idle" : "reset",
    steps: [1, 2, 3, 4].slice(0, i < 5 ? 4 : i < 10 ? 3 : i < 25 ? 2 : 1),
  })),
];

Deno.test("[D-1][M-40] completion of the document's sample, with its interval", async () => {
  const { attempts, completion } = await statisticsOf(SAMPLE, PORTFOLIO);
  assert.deepEqual(
    [attempts, completion?.successes, completion?.n, completion?.estimate, completion?.small],
    [150, 120, 150, 0.8, false],
  );
  assertInterval(completion?.interval, [0.7284, 0.8566]);
  assert.equal(completion?.best, 0.8);
});

Deno.test("[D-4][D-5] ease of the document's sample, with interval, top two and net", async () => {
  const { ease } = await statisticsOf(SAMPLE, PORTFOLIO);
  assertNear(ease?.mean, 3.75);
  assertNear(ease?.sd, 1.0552);
  assertInterval(ease?.interval, [3.559, 3.941], 1e-3);
  assertNear(ease?.topTwo.estimate, 80 / 120);
  assertNear(ease?.net?.estimate, 0.5417);
  assertInterval(ease?.net?.interval, [0.4028, 0.6541]);
});

Deno.test("[D-12] the funnel of the document's sample: conversions, drops, times between steps", async () => {
  const { funnel } = await statisticsOf(SAMPLE, PORTFOLIO);
  assert.deepEqual(funnel?.steps.map(({ completions }) => completions), [150, 145, 130, 125, 120]);
  assert.deepEqual(funnel?.steps.map(({ drop }) => drop), [0, 5, 15, 5, 5]);
  assert.equal(funnel?.mostAbandoned, 3);
  assertNear(funnel?.steps[2].conversion?.estimate, 0.8966);
  assertInterval(funnel?.steps[2].conversion?.interval, [0.8353, 0.9373]);
  assert.deepEqual(funnel?.steps.map(({ time }) => [time?.n, time?.median.estimate]), [
    [150, 10],
    [145, 10],
    [130, 10],
    [125, 10],
    [120, 10],
  ]);
  assert.deepEqual(funnel?.steps.map(({ slow }) => slow), Array(5).fill(false));
});

Deno.test("[D-12] a step counts only after those before it, unlike in the document's figures", async () => {
  const rows = [[1, 2, 3], [2, 1, 3], [3]].map((steps) => attemptRow({ steps, lastSec: 60 }));
  const { funnel } = await statisticsOf(rows, PORTFOLIO);
  assert.deepEqual(funnel?.steps.map(({ completions }) => completions), [2, 1, 1, 0, 0]);
  assert.equal(funnel?.small, true);
});

Deno.test("[D-12] a step that takes more than twice the mean of all is slow", async () => {
  const step = (number: number, measuredMs: number) => ({
    step: number,
    at: 0,
    measuredMs,
    reportedSec: null,
    derived: false,
  });
  const steps = [step(1, 1_000), step(2, 1_000), step(3, 1_000), step(4, 1_000), step(5, 30_000)];
  const { funnel } = await statisticsOf([attemptRow({ journey: { steps } })], PORTFOLIO);
  assert.deepEqual(funnel?.steps.map(({ slow }) => slow), [false, false, false, false, true]);
});

Deno.test("[D-2][D-3][T-M10] three times are kept apart; the headline follows their number", async () => {
  const journey = { activeMs: 40_000 };
  const published = [55, 65, 75, 62, 45, 135];
  const rows = published.map((succeededSec) =>
    attemptRow({ succeededSec, completedSec: succeededSec + 100, journey })
  );
  const { timeOnTask, totalDuration, activeTime } = (await statisticsOf(rows, PORTFOLIO)).times;
  assert.deepEqual([timeOnTask?.n, timeOnTask?.headline], [6, "geometricMean"]);
  assertNear(timeOnTask?.geometricMean.estimate, 68.241, 1e-3);
  assertInterval(timeOnTask?.geometricMean.interval, [46.005, 101.225], 1e-3);
  assertNear(timeOnTask?.mean, 72.833, 1e-3);
  assertNear(timeOnTask?.median.estimate, 63.5);
  assert.deepEqual([timeOnTask?.min, timeOnTask?.max, timeOnTask?.p25], [45, 135, 56.75]);
  assertNear(totalDuration?.mean, 172.833, 1e-3);
  assert.deepEqual([activeTime?.min, activeTime?.max], [40, 40]);
  const more = many(25, (i) => ({ succeededSec: 10 + i, completedSec: 60 }));
  assert.equal((await statisticsOf(more, PORTFOLIO)).times.timeOnTask?.headline, "median");
});

Deno.test("[D-9] the survival curve censors who did not do the task; shares done by a time", async () => {
  const rows = [
    ...many(6, (i) => ({ succeededSec: 10 + 10 * i, completedSec: 100 })),
    ...many(2, () => ({ quitSec: 25 })),
    attemptRow({ expired: true, lastSec: 35 }),
    attemptRow({ lastSec: 200 }),
    attemptRow(),
  ];
  const { survival } = await statisticsOf(rows, PORTFOLIO);
  // The one that nobody connected to was never at risk.
  assert.deepEqual([survival?.n, survival?.successes, survival?.small], [10, 6, false]);
  assert.deepEqual(survival?.curve.map(({ seconds, atRisk }) => [seconds, atRisk]), [
    [10, 10],
    [20, 9],
    [30, 6],
    [40, 4],
    [50, 3],
    [60, 2],
  ]);
  const by30 = survival?.doneBy[0];
  assert.equal(by30?.seconds, 30);
  assertNear(by30?.estimate, 1 - 0.9 * (8 / 9) * (5 / 6));
  assert.equal(survival?.median, 40);
  assertNear(survival?.doneBy[2]?.estimate, survival?.doneBy[1]?.estimate ?? NaN);
  assertNear(survival?.competing.quit, 0.8 * 2 / 8);
});

Deno.test("[D-9] a long survival curve is thinned to 200 points and keeps its ends", async () => {
  const rows = many(1_000, (i) => ({ succeededSec: 1 + i / 10, completedSec: 200 }));
  const { survival } = await statisticsOf(rows, PORTFOLIO);
  assert.equal(survival?.curve.length, 200);
  assert.deepEqual([survival?.curve[0].seconds, survival?.curve.at(-1)?.survival], [1, 0]);
});

Deno.test("[D-11] direct and indirect success, and the kinds of giving up", async () => {
  const { endings, efficiency } = await statisticsOf([
    ...SAMPLE,
    ...many(10, () => ({ completedSec: 60, journey: { backtracked: true, activeMs: 30_000 } })),
    ...many(5, () => ({ expired: true, lastSec: 3 })),
  ], PORTFOLIO);
  const counts = Object.entries(endings).map(([kind, rate]) => [kind, rate?.successes, rate?.n]);
  assert.deepEqual(counts, [
    ["direct", 120, 165],
    ["indirect", 10, 165],
    ["user", 20, 165],
    ["idle", 7, 165],
    ["reset", 3, 165],
    ["expired", 5, 165],
  ]);
  assert.deepEqual(efficiency, { completionsPerMinute: 130 / 5, relative: 1 });
});

Deno.test("[D-13] shares of the document's paths, each with its interval", async () => {
  const counts = { path1_vocabulary: 30, path2_search: 45, path3_etfDetail: 5 };
  const rows = Object.entries(counts).flatMap(([path, n]) =>
    many(n, () => ({ missionType: "vocabulary", completedSec: 15, path }))
  );
  const { paths, funnel } = await statisticsOf(rows, VOCABULARY);
  assert.deepEqual(paths?.map(({ percent }) => percent), [37.5, 56.3, 6.2]);
  assertInterval(paths?.[0].share.interval, [0.2768, 0.4847]);
  assertInterval(paths?.[1].share.interval, [0.4534, 0.6659]);
  assertInterval(paths?.[2].share.interval, [0.0236, 0.1415]);
  assert.equal(funnel, null);
});

Deno.test("[D-10] lostness is a mean over completed attempts whose path is known", async () => {
  const pages = (different: number) => Array.from({ length: different }, (_, i) => `/${i}`);
  const visit = (different: number, pageViews: number, more: RowShape = {}) =>
    attemptRow({
      missionType: "vocabulary",
      completedSec: 15,
      path: "path1_vocabulary",
      journey: { pages: pages(different), pageViews },
      ...more,
    });
  const { lostness } = await statisticsOf([
    visit(3, 3),
    visit(6, 8),
    visit(2, 2),
    visit(9, 99, { completedSec: undefined, quitSec: 9 }),
    visit(9, 99, { path: undefined }),
  ], VOCABULARY);
  assert.deepEqual([lostness?.n, lostness?.small, lostness?.shorterThanRequired], [3, true, 1]);
  assert.deepEqual([lostness?.notLost, lostness?.unclear, lostness?.lost], [1, 1, 1]);
  assertNear(lostness?.mean, (0 + 0.559017 + 0.5) / 3);
  assert.equal((await statisticsOf(SAMPLE, PORTFOLIO)).lostness, null);
});

Deno.test("[D-15] under five attempts every figure says so; without any there is none", async () => {
  const { completion, times, ease, funnel, survival, endings } = await statisticsOf(
    many(4, () => ({ succeededSec: 30, completedSec: 60, rating: 4, steps: [1] })),
    PORTFOLIO,
  );
  const figures = [completion, times.timeOnTask, ease, funnel, survival, endings.direct];
  assert.deepEqual(figures.map((figure) => figure?.small), Array(6).fill(true));
  const none = await statisticsOf([], null);
  assert.deepEqual(
    [none.completion, none.times.timeOnTask, none.ease, none.funnel, none.paths, none.survival],
    Array(6).fill(null),
  );
});
