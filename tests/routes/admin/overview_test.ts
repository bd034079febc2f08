import { equal, rejects } from "node:assert/strict";
import { createOverview } from "../../../routes/admin/views/overview.ts";
import { testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

async function setUp() {
  const clock = testClock();
  const app = await testApp({ parts: { clock } });
  const { missions } = app.docent;
  const state = { counts: 0, isBroken: false };
  const overview = createOverview({
    clock,
    missions: {
      ...missions,
      today() {
        state.counts++;
        return state.isBroken ? Promise.reject(new Error("disk I/O error")) : missions.today();
      },
    },
    connections: () => 7,
    eventLoopLagMs: () => 0,
  });
  return { clock, state, overview, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

Deno.test("[M-47] however many pages watch, figures are counted once in half a second", async () => {
  await using it = await setUp();
  const [first] = await Promise.all(Array.from({ length: 50 }, it.overview));
  equal(first.activeConnections, 7);
  equal(it.state.counts, 1);
  it.clock.advance(499);
  await it.overview();
  equal(it.state.counts, 1);
  it.clock.advance(1);
  await it.overview();
  equal(it.state.counts, 2);
});

Deno.test("[M-47] a count that failed is not kept for others", async () => {
  await using it = await setUp();
  it.state.isBroken = true;
  await rejects(it.overview());
  it.state.isBroken = false;
  equal((await it.overview()).inProgress, 0);
});
