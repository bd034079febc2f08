import assert from "node:assert/strict";
import { trimLog } from "../../compose/timers.ts";
import { parseConfig } from "../../lib/config/mod.ts";
import { said, testLog } from "../support/test_log.ts";
import { testProjection } from "../support/test_projection.ts";

Deno.test("one turn trims all that the log has kept for longer than LOG_KEPT", async () => {
  await using test = await testLog();
  const rows = await test.log.follow(testProjection().spec);
  for (let n = 1; n <= 250; n++) await test.log.append([said(n)]);
  test.clock.advance(3_600_000);
  await test.log.append([said(251)]);
  await rows.barrier();
  const { log, clock } = test;
  await trimLog({ log, clock, config: parseConfig({ LOG_KEPT: "2h" }) });
  assert.equal(await log.oldest(), 1);
  await trimLog({ log, clock, config: parseConfig({ LOG_KEPT: "1800" }) });
  assert.equal(await log.oldest(), 251);
});
