import assert from "node:assert/strict";
import { asAdmin, ask } from "../../../support/http.ts";
import { PORTFOLIO_SAMPLE, VOCABULARY_SAMPLE } from "../../../support/document_sample.ts";
import { type PlayedMission, playMission } from "../../../support/played_missions.ts";
import { type TestApp, testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

/** The document's answers, of the moment that they name. */
async function openSample(sample: readonly PlayedMission[]): Promise<TestApp> {
  const clock = testClock(Date.parse("2025-01-19T10:40:00.000Z"));
  const env = { EXHIBITION_TZ: "UTC", RATE_KIOSK_PER_MIN: "100000" };
  const app = await testApp({ env, parts: { clock } });
  for (const played of sample) await playMission(app, played);
  return app;
}

const PERIOD = "startDate=2025-01-12&endDate=2025-01-19";

Deno.test("[E-8.5][M-15][M-40][M-41][M-42][M-43][M-44] the document's analytics come out to the digit", async () => {
  await using app = await openSample(PORTFOLIO_SAMPLE);
  const admin = await asAdmin(app);
  const answer = await ask(app, `/api/analytics/missions/portfolio?${PERIOD}`, admin);
  assert.equal(answer.status, 200);
  const { endedAttempts, ...data } = answer.body.data;
  assert.deepEqual({ ...answer.body, data }, {
    success: true,
    data: {
      missionType: "portfolio",
      totalAttempts: 150,
      completedAttempts: 120,
      quittedAttempts: 30,
      completionRate: 80.0,
      avgDuration: 85.5,
      minDuration: 60.2,
      maxDuration: 150.8,
      medianDuration: 82.3,
      avgRating: 3.8,
      ratingDistribution: { "1": 5, "2": 10, "3": 25, "4": 50, "5": 30 },
      stepStats: {
        step1_completions: 150,
        step2_completions: 145,
        step3_completions: 130,
        step4_completions: 125,
        step5_completions: 120,
        mostAbandoned: 3,
      },
      periodStart: "2025-01-12T00:00:00.000Z",
      periodEnd: "2025-01-19T23:59:59.999Z",
      generatedAt: "2025-01-19T10:40:00.000Z",
    },
  });
  assert.equal(endedAttempts, 150);
});

Deno.test("[E-8.6][M-16] the document's path analysis comes out to the digit", async () => {
  await using app = await openSample(VOCABULARY_SAMPLE);
  const admin = await asAdmin(app);
  for (
    const path of ["vocabulary/paths", "missions/vocabulary/paths", "missions/VOCABULARY/paths"]
  ) {
    const { status, body } = await ask(app, `/api/analytics/${path}?${PERIOD}`, admin);
    assert.equal(status, 200);
    assert.deepEqual(body, {
      success: true,
      data: {
        totalCompletions: 80,
        pathStats: { path1_vocabulary: 30, path2_search: 45, path3_etfDetail: 5 },
        avgDurationByPath: {
          path1_vocabulary: 18.5,
          path2_search: 12.3,
          path3_etfDetail: 19.8,
        },
      },
    });
  }
  const { body } = await ask(app, `/api/analytics/missions/vocabulary?${PERIOD}`, admin);
  assert.deepEqual(body.data.pathStats, {
    path1_vocabulary: 30,
    path2_search: 45,
    path3_etfDetail: 5,
  });
  assert.ok(!("stepStats" in body.data));
});
