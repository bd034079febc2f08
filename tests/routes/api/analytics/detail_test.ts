import assert from "node:assert/strict";
import {
  missionAnalyticsSchema,
  pathAnalyticsSchema,
} from "../../../../routes/api/analytics_schemas.ts";
import { PORTFOLIO_SAMPLE, VOCABULARY_SAMPLE } from "../../../support/document_sample.ts";
import { asAdmin, ask } from "../../../support/http.ts";
import { assertFinite, assertInterval, assertNear } from "../../../support/numbers.ts";
import { playMission } from "../../../support/played_missions.ts";
import { testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const PERIOD = "startDate=2025-01-12&endDate=2025-01-19&detail=full";

Deno.test("[D-1][D-4][D-12][M-15] with detail the document's sample has statistics beside its figures", async () => {
  const clock = testClock(Date.parse("2025-01-19T10:40:00.000Z"));
  const env = { EXHIBITION_TZ: "UTC", RATE_KIOSK_PER_MIN: "100000" };
  await using app = await testApp({ env, parts: { clock } });
  for (const played of PORTFOLIO_SAMPLE) await playMission(app, played);
  const admin = await asAdmin(app);
  const { body } = await ask(app, `/api/analytics/missions/portfolio?${PERIOD}`, admin);
  assertFinite(body);
  assert.deepEqual(missionAnalyticsSchema.parse(body.data), body.data);
  const { completionRate, statistics } = body.data;
  assert.equal(completionRate, 80);
  assertInterval(statistics.completion.interval, [0.7284, 0.8566]);
  assertInterval(statistics.ease.interval, [3.559, 3.941], 1e-3);
  assert.deepEqual(
    [statistics.times.totalDuration.n, statistics.times.totalDuration.headline],
    [120, "median"],
  );
  assertNear(statistics.times.totalDuration.mean, 85.5);
  assertNear(statistics.times.totalDuration.median.estimate, 82.3);
  assert.deepEqual(
    statistics.funnel.steps.map(({ drop }: { drop: number }) => drop),
    [0, 5, 15, 5, 5],
  );
  assertInterval(statistics.funnel.steps[2].conversion.interval, [0.8353, 0.9373]);
  assert.deepEqual([statistics.endings.user.successes, statistics.endings.user.n], [30, 150]);
  assert.equal(statistics.survival.successes, 120);
  assert.deepEqual([statistics.paths, statistics.lostness], [null, null]);
});

Deno.test("[D-13][M-16] with detail paths have shares with their intervals", async () => {
  const clock = testClock(Date.parse("2025-01-19T10:40:00.000Z"));
  await using app = await testApp({ env: { RATE_KIOSK_PER_MIN: "100000" }, parts: { clock } });
  for (const played of VOCABULARY_SAMPLE) await playMission(app, played);
  const admin = await asAdmin(app);
  const { body } = await ask(app, `/api/analytics/vocabulary/paths?${PERIOD}`, admin);
  assert.deepEqual(pathAnalyticsSchema.parse(body.data), body.data);
  const [first] = body.data.statistics.paths;
  assert.deepEqual([first.path, first.percent, first.small], ["path1_vocabulary", 37.5, false]);
  assertInterval(first.share.interval, [0.2768, 0.4847]);
  const mission = await ask(app, `/api/analytics/missions/vocabulary?${PERIOD}`, admin);
  assert.deepEqual(missionAnalyticsSchema.parse(mission.body.data), mission.body.data);
  assert.deepEqual(mission.body.data.statistics.paths, body.data.statistics.paths);
});

Deno.test("without detail there are the document's fields alone", async () => {
  await using app = await testApp();
  const admin = await asAdmin(app);
  const { body } = await ask(app, "/api/analytics/missions/all", admin);
  assert.ok(!("statistics" in body.data));
  const paths = await ask(app, "/api/analytics/vocabulary/paths", admin);
  assert.deepEqual(Object.keys(paths.body.data), [
    "totalCompletions",
    "pathStats",
    "avgDurationByPath",
  ]);
});
