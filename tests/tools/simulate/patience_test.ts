import assert from "node:assert/strict";
import { createPatience } from "../../../tools/simulate/patience.ts";
import { createRandom } from "../../../tools/simulate/random.ts";

function patienceOf(patienceMs: number) {
  let nowMs = 0;
  const patience = createPatience({
    patienceMs,
    clock: { now: () => nowMs, monotonic: () => nowMs },
    random: { ...createRandom("patience"), between: () => 0 },
    signal: new AbortController().signal,
  });
  return { patience, pass: (ms: number) => void (nowMs += ms) };
}

const away = { why: "connection refused", waitMs: null };

Deno.test("patience ends when nothing worked for so long", async () => {
  const { patience, pass } = patienceOf(1000);
  await patience.wait(away);
  pass(1001);
  await assert.rejects(patience.wait(away), /No success within --patience of 1 s: connection ref/);
});

Deno.test("a success in between starts patience anew", async () => {
  const { patience, pass } = patienceOf(1000);
  await patience.wait(away);
  pass(1001);
  patience.reset();
  await patience.wait(away);
});

Deno.test("a wait that the server asks for is kept, unless it is longer than patience", async () => {
  const { patience } = patienceOf(1000);
  await patience.wait({ why: "RATE_LIMIT", waitMs: 1 });
  const asked = patience.wait({ why: "RATE_LIMIT", waitMs: 900_000 });
  await assert.rejects(asked, /asks to wait 900 s, longer than --patience 1 \(RATE_LIMIT\)/);
});
