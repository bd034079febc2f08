import assert from "node:assert/strict";
import type { Options } from "../../../tools/simulate/options.ts";
import { createRun } from "../../../tools/simulate/run.ts";
import { testApp } from "../../support/test_app.ts";
import { reached } from "./reached.ts";
import { type FakeFaults, startFakeServer } from "./fake_server.ts";

const options: Options = {
  url: "",
  kiosks: 8,
  visitors: 24,
  speed: 1000,
  seed: "run test",
  faults: 0.6,
  patienceMs: 5000,
  verify: true,
  login: null,
  token: null,
  kioskKeys: [],
};

async function runAgainst(faults: FakeFaults, changes: Partial<Options> = {}) {
  await using server = await startFakeServer(faults);
  const run = createRun({ ...options, ...changes, url: server.url });
  await run.prepare();
  await run.play();
  return { run, differences: await run.verify(), counts: server.counts };
}

Deno.test("a run over a bad network agrees with a server that keeps its word", async () => {
  const { run, differences } = await runAgainst({});
  assert.equal(run.records.length, 24);
  assert.deepEqual(differences, []);
  const { drops, repeats, duplicateAcks, ackMs } = run.tally;
  assert.ok(drops > 0 && repeats > 0 && duplicateAcks > 0, JSON.stringify(run.tally));
  assert.equal(ackMs.length, run.records.reduce((sum, it) => sum + it.ledger.entries.length, 0));
});

Deno.test("a run on a good network sends nothing twice", async () => {
  const { run, differences } = await runAgainst({}, { faults: 0, visitors: 6 });
  assert.deepEqual(differences, []);
  const { repeats, reconnects, drops } = run.tally;
  assert.deepEqual({ repeats, reconnects, drops }, { repeats: 0, reconnects: 0, drops: 0 });
});

Deno.test("a run finds what a server acknowledged and forgot", async () => {
  const { differences } = await runAgainst({ forgets: "button_clicked" });
  assert.ok(differences.length > 0);
  assert.ok(differences.some((it) => it.found === "missing" && /button_clicked/.test(it.about)));
});

Deno.test("a run finds what a server stored twice", async () => {
  const { differences } = await runAgainst({ storesTwice: true });
  assert.ok(differences.some((it) => /stored \d times/.test(it.found)));
});

Deno.test("a run comes through limits, pauses, asked resends and short tokens", async () => {
  const { run, differences, counts } = await runAgainst({
    limitsFirstStart: true,
    pauses: true,
    asksForGaps: true,
    tokensWorkOnce: true,
  });
  assert.deepEqual(differences, []);
  assert.ok(counts.limited > 0 && counts.paused > 0 && counts.asked > 0, JSON.stringify(counts));
  assert.ok((run.tally.errors.get("CLOSE_4401") ?? 0) > 0, "no token was refused");
});

Deno.test("a run fails loudly when the server is gone for good", async () => {
  const server = await startFakeServer();
  const run = createRun({ ...options, url: server.url, speed: 5, patienceMs: 300 });
  await run.prepare();
  const playing = assert.rejects(run.play(), { name: "PatienceError" });
  await reached(() => run.tally.acks >= 20);
  await server[Symbol.asyncDispose]();
  await playing;
  await assert.rejects(createRun({ ...options, url: server.url }).prepare(), {
    name: "NoServerError",
  });
});

Deno.test("a run over a bad network agrees with the real server", async () => {
  await using app = await testApp();
  const run = createRun({
    ...options,
    url: await app.listen(),
    visitors: 40,
    speed: 300,
    faults: 1,
  });
  await run.prepare();
  await run.play();
  assert.deepEqual(await run.verify(), []);
  assert.ok(run.tally.duplicateAcks > 0 && run.tally.drops > 0);
});

Deno.test("a run gets through limits and short tokens of the real server", async () => {
  const env = { RATE_EVENTS_PER_SEC: "40", RATE_EVENT_BURST: "5", WS_TOKEN_EXPIRES_IN: "4" };
  await using app = await testApp({ env });
  const run = createRun({ ...options, url: await app.listen(), visitors: 16, speed: 100 });
  await run.prepare();
  await run.play();
  assert.deepEqual(await run.verify(), []);
  assert.ok((run.tally.errors.get("RATE_LIMIT") ?? 0) > 0, "nothing was limited");
});
