import assert from "node:assert/strict";
import { endRates, successKind, wayOf } from "../../../../lib/missions/statistics/mod.ts";
import { assertInterval } from "../../../support/numbers.ts";

const ALLOWED = [["home", "vocabulary", "card"], ["home", "search", "card"]];

Deno.test("[D-11] wayOf() tells the expected path and the absence of a backtrack apart", () => {
  const way = (...pages: string[]) => {
    const { expectedPath, noBacktrack } = wayOf({ pages, allowedPaths: ALLOWED });
    return [expectedPath, noBacktrack];
  };
  assert.deepEqual(way("home", "search", "search", "card"), [true, true]);
  assert.deepEqual(way("home", "etf", "card"), [false, true]);
  assert.deepEqual(way("home", "search", "home", "search", "card"), [false, false]);
  assert.deepEqual(way("home", "search"), [false, true]);
});

Deno.test("[D-11] successKind() is direct on an allowed path, even on one that returns", () => {
  const kind = (pages: string[], allowedPaths: string[][]) =>
    successKind(wayOf({ pages, allowedPaths }));
  assert.equal(kind(["home", "search", "card"], ALLOWED), "direct");
  assert.equal(kind(["home", "etf", "card"], ALLOWED), "indirect");
  assert.equal(kind(["home", "a", "home"], [["home", "a", "home"]]), "direct");
});

Deno.test("[D-11] successKind() goes by backtracks alone when the definition has no paths", () => {
  const kind = (...pages: string[]) => successKind(wayOf({ pages, allowedPaths: [] }));
  assert.equal(kind("home", "a", "b"), "direct");
  assert.equal(kind("home", "a", "home"), "indirect");
});

Deno.test("[D-11][D-1] endRates() shares all ended attempts, each with its interval", () => {
  const actual = endRates({ direct: 80, indirect: 40, giveUp: 20, idleOut: 8, expired: 2 });
  const sum = Object.values(actual!).reduce((total, { successes }) => total + successes, 0);
  assert.equal(sum, 150);
  assert.equal(actual?.indirect.n, 150);
  assertInterval(
    endRates({ direct: 4, indirect: 1, giveUp: 0, idleOut: 0, expired: 0 })?.direct.interval,
    [0.3596, 0.9797],
  );
  assert.equal(endRates({ direct: 0, indirect: 0, giveUp: 0, idleOut: 0, expired: 0 }), null);
});
