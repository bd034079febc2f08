import { equal, ok } from "node:assert/strict";
import { targetOf, TARGETS_SEC } from "../../../../lib/targets.ts";
import { begun, ended, NO_LIMITS } from "../../../support/analysing.ts";
import { person } from "../../../support/person.ts";
import { testApp } from "../../../support/test_app.ts";

Deno.test("[P-32] what there is a target for takes less, and /metrics shows both", async () => {
  await using app = await testApp({ env: NO_LIMITS });
  const kim = await person(app);
  for (let count = 0; count < 5; count++) {
    await kim.get("/api/auth/profile");
    await kim.get("/api/questions?category=other");
    const { id } = (await kim.send("POST", "/api/analysis/answer", await begun(kim))).body.data;
    await ended(app, kim.userId, id);
    await kim.get("/api/analytics/user-stats");
    equal((await kim.send("POST", "/api/analytics/export", { format: "csv" })).status, 200);
  }
  await kim.get("/api/questions/none-1-ko");
  const text = await (await app.request("/metrics")).text();
  const read = (name: string) =>
    Number(text.split("\n").find((line) => line.startsWith(`${name} `))?.split(" ")[1]);
  ok(text.includes('route="/api/analytics/user-stats"'), "named by what answered");
  for (const [target, seconds] of Object.entries(TARGETS_SEC)) {
    const labels = `target="${target}"`;
    equal(read(`docent_target_seconds{${labels}}`), seconds);
    equal(read(`docent_target_duration_seconds_count{${labels}}`), 5, target);
    const inTime = read(`docent_target_duration_seconds_bucket{le="${seconds}",${labels}}`);
    ok(inTime >= 3, `${inTime} of 5 for ${target}`);
  }
});

for (
  const [route, target] of [
    ["/api/auth/login", "auth"],
    ["/api/auth/oauth/google", null],
    ["/api/questions", "questions"],
    ["/api/questions/:questionId", "questions"],
    ["/api/questions/generate", null],
    ["/api/sessions/:sessionId/next", "questions"],
    ["/api/sessions/:sessionId", null],
    ["/api/analytics/benchmarks", "analytics"],
    ["/api/analytics/missions/:type", null],
    ["/api/analytics/export", null],
    ["unmatched", null],
  ] as const
) {
  Deno.test(`[P-32] ${route} counts for ${target ?? "no target"}`, () => {
    equal(targetOf(route), target);
  });
}
