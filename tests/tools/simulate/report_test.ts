import assert from "node:assert/strict";
import { planNetwork } from "../../../tools/simulate/network_plan.ts";
import { planVisit } from "../../../tools/simulate/plan.ts";
import { formatProgress } from "../../../tools/simulate/progress.ts";
import { createRandom } from "../../../tools/simulate/random.ts";
import { toDifferenceTable, toTables } from "../../../tools/simulate/report.ts";
import { countError, createTally, quantile } from "../../../tools/simulate/tally.ts";

Deno.test("toTables() counts visits by outcome and mission, with a sum", () => {
  const random = createRandom("report");
  const played = Array.from({ length: 40 }, (_, i) => {
    const visit = planVisit(random, i + 1);
    return { visit, network: planNetwork(visit, { random, faults: 0 }) };
  });
  const [attempts, traffic, errors] = toTables(played, { tally: createTally(), wallMs: 2000 });
  const sums = attempts.rows[attempts.rows.length - 1];
  assert.deepEqual([sums[0], sums[3]], ["all", 40]);
  assert.equal(Number(sums[1]) + Number(sums[2]), 40);
  assert.deepEqual(traffic.rows.find(([name]) => name === "wall seconds"), ["wall seconds", 2]);
  assert.deepEqual(errors.rows, [["none", 0]]);
});

Deno.test("toDifferenceTable() shows the first twenty and says how many there are", () => {
  const difference = { attemptId: "a", about: "status", expected: "x", found: "y" };
  const table = toDifferenceTable(Array(25).fill(difference));
  assert.equal(table.rows.length, 20);
  assert.equal(table.title, "Differences: 25, the first 20");
});

Deno.test("quantile() is the nearest rank", () => {
  const values = Array.from({ length: 100 }, (_, i) => i + 1);
  assert.deepEqual([quantile(values, 0.5), quantile(values, 0.99), quantile([], 0.5)], [50, 99, 0]);
});

Deno.test("formatProgress() tells how far the run is", () => {
  const tally = { ...createTally(), visitsDone: 50, reconnects: 2, ackMs: [1, 2, 3] };
  countError(tally, "RATE_LIMIT");
  assert.equal(
    formatProgress(tally, 100),
    "[############............] 50/100 visitors, 3 events acknowledged, 2 reconnects, 1 errors",
  );
});
