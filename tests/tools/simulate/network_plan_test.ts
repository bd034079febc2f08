import assert from "node:assert/strict";
import { type Act, planNetwork } from "../../../tools/simulate/network_plan.ts";
import { planVisit } from "../../../tools/simulate/plan.ts";
import { createRandom } from "../../../tools/simulate/random.ts";

const random = createRandom("network test");
const visits = Array.from({ length: 300 }, (_, i) => planVisit(random, i + 1));
const plansOf = (faults: number, seed = "network") =>
  visits.map((it) =>
    planNetwork(it, { random: createRandom(seed).fork(String(it.number)), faults })
  );
const sendsOf = (acts: readonly Act[]) => acts.flatMap((it) => it.kind === "send" ? [it] : []);

Deno.test("planNetwork() gives the same plan again for the same seed", () => {
  assert.deepEqual(plansOf(0.5), plansOf(0.5));
  assert.notDeepEqual(plansOf(0.5), plansOf(0.5, "other"));
});

Deno.test("planNetwork() without faults sends each event once, in order", () => {
  plansOf(0).forEach(({ acts, start }, i) => {
    assert.equal(start, "once");
    assert.deepEqual(sendsOf(acts).map((it) => it.seq), visits[i].events.map((it) => it.seq));
    assert.ok(acts.every((it) => it.kind !== "drop"));
    assert.ok(sendsOf(acts).every((it) => !it.repeat && !it.cut));
  });
});

Deno.test("planNetwork() with faults still plans each event, and time never runs back", () => {
  plansOf(1).forEach(({ acts }, i) => {
    const seqs = sendsOf(acts).map((it) => it.seq).sort((a, b) => a - b);
    assert.deepEqual(seqs, visits[i].events.map((it) => it.seq));
    acts.forEach((act, k) => assert.ok(k === 0 || act.atMs >= acts[k - 1].atMs));
  });
});

Deno.test("planNetwork() has every kind of fault: repeat, reorder, lost ack, drop, start", () => {
  const plans = plansOf(1);
  const sends = plans.flatMap((it) => sendsOf(it.acts));
  assert.ok(sends.some((it) => it.repeat) && sends.some((it) => it.cut));
  assert.ok(plans.some((it) => it.reordered > 0));
  assert.ok(plans.some((it) => it.acts.some((act) => act.kind === "drop" && act.newToken)));
  assert.deepEqual(new Set(plans.map((it) => it.start)), new Set(["once", "again", "together"]));
  assert.deepEqual(new Set(plans.map((it) => it.saysHello)), new Set([true, false]));
});

Deno.test("planNetwork() sends a REST review at its time", () => {
  plansOf(1).forEach(({ acts }, i) => {
    const at = acts.filter((it) => it.kind === "review").map((it) => it.atMs);
    const { restReview } = visits[i];
    assert.deepEqual(at, restReview === null ? [] : [restReview.offsetMs]);
  });
});
