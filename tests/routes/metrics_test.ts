import assert from "node:assert/strict";
import { asAdmin, ask, assertError } from "../support/http.ts";
import { arrivalOf } from "../support/mission_facts.ts";
import { startMission, testApp } from "../support/test_app.ts";

/** Behind a proxy nobody is local. */
const FORWARDED = { headers: { "x-forwarded-for": "203.0.113.7" } };

Deno.test("[M-20] metrics are Prometheus' text, with the durations of requests by route", async () => {
  await using app = await testApp();
  const { attemptId } = await startMission(app);
  await ask(app, `/api/missions/${attemptId}`);
  await ask(app, `/api/missions/${attemptId}/events`);
  await ask(app, "/api/missions", { headers: { authorization: "Bearer nonsense" } });
  await ask(app, "/nowhere/at/all");
  const { status, headers, body } = await ask(app, "/metrics");
  assert.equal(status, 200);
  assert.match(headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
  const counted = (method: string, route: string, code: number) =>
    `http_request_duration_seconds_count{method="${method}",route="${route}",status_code="${code}"} 1`;
  const lines: string[] = body.split("\n");
  for (
    const line of [
      "# TYPE http_request_duration_seconds histogram",
      counted("POST", "/api/missions/start", 201),
      counted("GET", "/api/missions/:attemptId", 200),
      counted("GET", "/api/missions/:attemptId/events", 401),
      counted("GET", "/api/missions", 401),
      counted("GET", "unmatched", 404),
    ]
  ) assert.ok(lines.includes(line), `${line} in\n${body}`);
  assert.ok(!body.includes(attemptId), "no label has a value per attempt");
});

Deno.test("[M-20][X-16] metrics tell of sockets, the log, memory, and of refusals by reason", async () => {
  await using app = await testApp();
  const { attemptId } = await startMission(app);
  const { missions } = app.docent;
  await missions.record(attemptId, arrivalOf("mission_completed", 1));
  await assert.rejects(() => missions.record(attemptId, arrivalOf("page_view", 2)));
  const { body } = await ask(app, "/metrics");
  for (
    const line of [
      /^docent_connections 0$/m,
      /^docent_log_position 2$/m,
      /^docent_log_lag \d+$/m,
      /^docent_event_loop_lag_ms \d+$/m,
      /^process_resident_memory_bytes \d{7,}$/m,
      /^docent_refusals_total\{reason="attempt_ended"\} 1$/m,
    ]
  ) assert.match(body, line);
});

Deno.test("[M-20][T-M22] metrics are for this machine, the signed-in and the token", async () => {
  await using app = await testApp({ env: { METRICS_TOKEN: "scrape me" } });
  assert.equal((await ask(app, "/metrics")).status, 200);
  const { authorization } = (await asAdmin(app)).headers;
  const signedIn = { headers: { ...FORWARDED.headers, authorization } };
  assert.equal((await ask(app, "/metrics", signedIn)).status, 200);
  assert.equal((await ask(app, "/metrics?token=scrape%20me", FORWARDED)).status, 200);
  for (const path of ["/metrics", "/metrics?token=", "/metrics?token=scrape"]) {
    assertError(await ask(app, path, FORWARDED), { status: 401, code: "AUTH_FAILED" });
  }
});

Deno.test("[T-M22] without a token set, none is good", async () => {
  await using app = await testApp();
  for (const path of ["/metrics", "/metrics?token=", "/metrics?token=null"]) {
    assertError(await ask(app, path, FORWARDED), { status: 401, code: "AUTH_FAILED" });
  }
});

Deno.test("[M-20] metrics can be switched off", async () => {
  await using app = await testApp({ env: { ENABLE_METRICS: "false", METRICS_TOKEN: "scrape me" } });
  for (const path of ["/metrics", "/metrics?token=scrape%20me"]) {
    assertError(await ask(app, path), { status: 404, code: "NOT_FOUND" });
  }
});
