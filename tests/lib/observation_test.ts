import assert from "node:assert/strict";
import { createObservation, type Readings } from "../../lib/observation.ts";
import { createRecentWork } from "../../lib/recent_work.ts";
import { testClock } from "../support/test_clock.ts";

const READINGS: Readings = {
  connections: () => 3,
  logHead: () => 120,
  logLag: () => 5,
  parkedFacts: () => 2,
  eventLoopLagMs: () => 7,
  residentBytes: () => 1_000,
};

function observationOf(readings: Readings) {
  return createObservation(readings, createRecentWork(testClock()));
}

Deno.test("[M-20] expose() writes durations of requests by method, route and status", async () => {
  const observation = observationOf(READINGS);
  observation.httpRequest({ method: "GET", route: "/api/missions", status: 200 }, 0.02);
  observation.httpRequest({ method: "GET", route: "/api/missions", status: 200 }, 0.3);
  const text = await observation.expose();
  assert.match(text, /^# TYPE http_request_duration_seconds histogram$/m);
  const labels = 'method="GET",route="/api/missions",status_code="200"';
  assert.ok(text.includes(`http_request_duration_seconds_count{${labels}} 2`), text);
  assert.ok(text.includes(`http_request_duration_seconds_bucket{le="0.025",${labels}} 1`), text);
  assert.match(observation.contentType, /^text\/plain; version=0\.0\.4/);
});

Deno.test("[M-20] expose() counts messages and refusals, and reads the rest when asked", async () => {
  let connections = 3;
  const observation = observationOf({ ...READINGS, connections: () => connections });
  observation.message("stored");
  observation.message("stored");
  observation.message("duplicate");
  observation.refusal("ended");
  connections = 4;
  const lines = (await observation.expose()).split("\n");
  const expected = [
    'docent_messages_total{outcome="stored"} 2',
    'docent_messages_total{outcome="duplicate"} 1',
    'docent_refusals_total{reason="ended"} 1',
    "docent_connections 4",
    "docent_log_position 120",
    "docent_log_lag 5",
    "docent_event_loop_lag_ms 7",
    "process_resident_memory_bytes 1000",
  ];
  for (const line of expected) assert.ok(lines.includes(line), line);
});

Deno.test("createObservation() shares nothing with another one", async () => {
  const first = observationOf(READINGS);
  first.message("stored");
  assert.doesNotMatch(await observationOf(READINGS).expose(), /outcome="stored"\} 1/);
});
