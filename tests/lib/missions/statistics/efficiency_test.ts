import assert from "node:assert/strict";
import { efficiency, mazeScore } from "../../../../lib/missions/statistics/mod.ts";

Deno.test("[D-11] efficiency() is completions a minute and the share of time in successes", () => {
  const actual = efficiency({ completions: 3, activeMs: 120_000, successMs: 90_000 });
  assert.deepEqual(actual, { completionsPerMinute: 1.5, relative: 0.75 });
  assert.equal(efficiency({ completions: 0, activeMs: 0, successMs: 0 }), null);
});

Deno.test("[D-11] mazeScore() of exit 10, misclick 20 and 15 s is 75", () => {
  assert.equal(mazeScore({ exitPercent: 10, misclickPercent: 20, meanSeconds: 15 }), 75);
  assert.equal(mazeScore({ exitPercent: 0, misclickPercent: 0, meanSeconds: 2 }), 100);
  assert.equal(mazeScore({ exitPercent: 90, misclickPercent: 60, meanSeconds: 99 }), 0);
});
