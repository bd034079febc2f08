import assert from "node:assert/strict";
import { createRecentWork } from "../../lib/recent_work.ts";
import { testClock } from "../support/test_clock.ts";

const NOTHING = { requests: 0, responseMs: 0, failures: 0, received: 0, refused: 0 };
const MINUTE_MS = 60_000;

Deno.test("[E-17][T-E11] requests and events are summed up since the start", () => {
  const clock = testClock();
  const work = createRecentWork(clock);
  const from = clock.now();
  assert.deepEqual(work.measured(), { from, ...NOTHING });
  work.request(12, false);
  clock.advance(90_000);
  work.request(30, true);
  work.events({ received: 10, refused: 1 });
  assert.deepEqual(work.measured(), {
    from,
    requests: 2,
    responseMs: 42,
    failures: 1,
    received: 10,
    refused: 1,
  });
});

Deno.test("[E-17][T-E11] what is older than an hour is left out, and says since when", () => {
  const clock = testClock();
  const work = createRecentWork(clock);
  const startedAt = clock.now();
  work.request(1, false);
  clock.advance(59 * MINUTE_MS);
  work.request(2, false);
  assert.deepEqual([work.measured().from, work.measured().requests], [startedAt, 2]);
  clock.advance(MINUTE_MS);
  assert.deepEqual(work.measured(), {
    ...NOTHING,
    from: startedAt + MINUTE_MS,
    requests: 1,
    responseMs: 2,
  });
  clock.advance(10 * 60 * MINUTE_MS);
  assert.deepEqual(work.measured(), { ...NOTHING, from: clock.now() - 59 * MINUTE_MS });
});
