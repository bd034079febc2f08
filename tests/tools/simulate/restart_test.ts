import assert from "node:assert/strict";
import type { Options } from "../../../tools/simulate/options.ts";
import { createRun } from "../../../tools/simulate/run.ts";
import { startServerProcess } from "./server_process.ts";
import { reached } from "./reached.ts";

const options: Omit<Options, "url"> = {
  // Many at once and in bursts: a kill should hit commits that are under way.
  kiosks: 40,
  visitors: 240,
  speed: 1000,
  seed: "restart test",
  faults: 0.5,
  patienceMs: 20_000,
  verify: true,
  login: null,
  token: null,
  kioskKeys: [],
};

const KILL_AT_ACKS = [300, 1000, 2000, 3000];

Deno.test("[E-8.14][T-M18] what was acknowledged is there once after kill -9", async () => {
  await using server = await startServerProcess({});
  const run = createRun({ ...options, url: server.url });
  await run.prepare();
  const playing = run.play();
  for (const acks of KILL_AT_ACKS) {
    await Promise.race([playing, reached(() => run.tally.acks >= acks)]);
    await server.kill();
    await server.restart();
  }
  await playing;
  assert.equal(run.records.length, options.visitors);
  assert.deepEqual((await run.verify()).differences, []);
  assert.ok(run.tally.ackMs.length > 3000);
  assert.ok((run.tally.errors.get("CLOSE_1006") ?? 0) > 0, "no connection was lost");
});
