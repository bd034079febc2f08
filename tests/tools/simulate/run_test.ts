import assert from "node:assert/strict";
import type { Options } from "../../../tools/simulate/options.ts";
import { createRun } from "../../../tools/simulate/run.ts";
import { testApp } from "../../support/test_app.ts";
import { reached } from "../../../tools/reached.ts";
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
  return { run, ...await run.verify(), counts: server.counts };
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

Deno.test("a run that has enough ends with the visits that it began", async () => {
  await using server = await startFakeServer();
  const run = createRun({ ...options, url: server.url, visitors: 1_000_000 });
  await run.prepare();
  await run.play(() => run.tally.acks > 100);
  assert.ok(run.records.length < 100, `${run.records.length} visits were played`);
  const { differences, account } = await run.verify();
  assert.deepEqual(differences, []);
  assert.equal(account.acknowledged, account.stored);
});

Deno.test("a run that is aborted ends at once, in the midst of a visit", async () => {
  await using server = await startFakeServer();
  const stop = new AbortController();
  const run = createRun({ ...options, url: server.url, speed: 1 }, { signal: stop.signal });
  await run.prepare();
  const playing = assert.rejects(run.play(), { name: "AbortError" });
  await reached(() => run.tally.acks > 0, "something is acknowledged");
  stop.abort();
  await playing;
});

Deno.test("a run finds what a server acknowledged and forgot", async () => {
  const { differences, account } = await runAgainst({ forgets: "button_clicked" });
  assert.ok(differences.length > 0);
  assert.ok(account.lost > 0 && account.doubled === 0, JSON.stringify(account));
  assert.ok(differences.some((it) => it.found === "missing" && /button_clicked/.test(it.about)));
});

Deno.test("a run finds what a server stored twice", async () => {
  const { differences, account } = await runAgainst({ storesTwice: true });
  assert.ok(account.doubled > 0 && account.lost === 0, JSON.stringify(account));
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
  await reached(() => run.tally.acks >= 20, "twenty are acknowledged");
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
  assert.deepEqual((await run.verify()).differences, []);
  assert.ok(run.tally.duplicateAcks > 0 && run.tally.drops > 0);
});

Deno.test("a run gets through limits and short tokens of the real server", async () => {
  const env = { RATE_EVENTS_PER_SEC: "40", RATE_EVENT_BURST: "5", WS_TOKEN_EXPIRES_IN: "4" };
  await using app = await testApp({ env });
  const run = createRun({ ...options, url: await app.listen(), visitors: 16, speed: 100 });
  await run.prepare();
  await run.play();
  assert.deepEqual((await run.verify()).differences, []);
  assert.ok((run.tally.errors.get("RATE_LIMIT") ?? 0) > 0, "nothing was limited");
});
