import assert from "node:assert/strict";
import type { Proof, Scene } from "../../../tools/torture/proof.ts";
import { hasHeld, prove } from "../../../tools/torture/prove.ts";
import { fakeProof, outcome } from "./proofs.ts";

const options = { isShort: false, rounds: null, signal: new AbortController().signal };

/** Waits until it is given up, as everything in a proof must. */
function endless({ signal }: Scene): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

Deno.test("prove() gives a proof its rounds: the long, the short, or those that are asked for", async () => {
  const seen: number[] = [];
  const proof = fakeProof({
    run({ rounds }) {
      seen.push(rounds);
      return Promise.resolve(outcome());
    },
  });
  await prove(proof, options);
  await prove(proof, { ...options, isShort: true });
  await prove(proof, { ...options, isShort: true, rounds: 40 });
  assert.deepEqual(seen, [9, 2, 40]);
});

Deno.test("prove() skips what needs something that is missing, and says what", async () => {
  const needs: Proof["needs"] = [
    { name: "air", missing: () => Promise.resolve(null) },
    { name: "anvil", missing: () => Promise.resolve("there is none; apt-get install anvil") },
  ];
  const run = () => Promise.reject(new Error("It was run all the same"));
  const result = await prove(fakeProof({ needs, run }), options);
  assert.ok(result.kind === "skipped" && hasHeld(result));
  assert.equal(result.why, "anvil: there is none; apt-get install anvil");
});

Deno.test("a proof holds only without a lost, a doubled and a strange event", async () => {
  const held = async (told: Parameters<typeof outcome>[0]) =>
    hasHeld(await prove(fakeProof({ run: () => Promise.resolve(outcome(told)) }), options));
  assert.equal(await held({}), true);
  assert.equal(await held({ lost: 1 }), false);
  assert.equal(await held({ doubled: 1 }), false);
  assert.equal(await held({ faults: ["Something else"] }), false);
});

Deno.test("a proof that fails is told with its reason", async () => {
  const run = () => Promise.reject(new Error("Server ended with 1"));
  const result = await prove(fakeProof({ run }), options);
  assert.ok(result.kind === "failed" && !hasHeld(result));
  assert.equal(result.why, "Server ended with 1");
});

Deno.test("a proof that takes too long is given up, and takes down what it has started", async () => {
  let isDown = false;
  const run = (scene: Scene) => endless(scene).finally(() => isDown = true);
  const result = await prove(fakeProof({ limitSec: 0.01, run }), options);
  assert.ok(result.kind === "failed");
  assert.match(result.why, /took too long: proof "fake"/);
  assert.ok(isDown);
});

Deno.test("a proof ends when it is interrupted", async () => {
  const stop = new AbortController();
  const running = prove(fakeProof({ run: endless }), { ...options, signal: stop.signal });
  stop.abort(new Error("Interrupted"));
  const result = await running;
  assert.ok(result.kind === "failed" && result.why === "Interrupted");
});
