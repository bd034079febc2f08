import assert from "node:assert/strict";
import { endingOf, taskTimeOf } from "../../../../lib/missions/analytics/task.ts";
import { outcomeOf } from "../../../../lib/missions/lifecycle.ts";
import { attemptRow, type RowShape } from "../../../support/attempt_rows.ts";

const CASES: {
  what: string;
  shape: RowShape;
  end: string | null;
  sec?: number;
  ending: string | null;
}[] = [
  { what: "one that nobody connected to", shape: {}, end: null, ending: null },
  { what: "one that runs", shape: { lastSec: 40 }, end: "censored", sec: 40, ending: null },
  {
    what: "one that is done and still rates",
    shape: { succeededSec: 30, lastSec: 50 },
    end: "success",
    sec: 30,
    ending: null,
  },
  {
    what: "one that completed after the modal",
    shape: { succeededSec: 185, completedSec: 390 },
    end: "success",
    sec: 185,
    ending: "direct",
  },
  {
    what: "one that completed without a success event",
    shape: { completedSec: 60, journey: { backtracked: true } },
    end: "success",
    sec: 60,
    ending: "indirect",
  },
  { what: "one that gave up", shape: { quitSec: 45 }, end: "quit", sec: 45, ending: "user" },
  {
    what: "one that gave up at the rating",
    shape: { succeededSec: 30, quitSec: 45 },
    end: "quit",
    sec: 45,
    ending: "user",
  },
  {
    what: "one that walked away",
    shape: { quitSec: 120, quitKind: "idle" },
    end: "censored",
    sec: 120,
    ending: "idle",
  },
  {
    what: "one that staff took away",
    shape: { quitSec: 20, quitKind: "reset" },
    end: "censored",
    sec: 20,
    ending: "reset",
  },
  {
    what: "one that walked away from the rating",
    shape: { succeededSec: 30, quitSec: 150, quitKind: "idle" },
    end: "success",
    sec: 30,
    ending: "direct",
  },
  {
    what: "one that expired",
    shape: { expired: true, lastSec: 33 },
    end: "censored",
    sec: 33,
    ending: "expired",
  },
  {
    what: "one that expired after it was done",
    shape: { expired: true, succeededSec: 30, lastSec: 35 },
    end: "success",
    sec: 30,
    ending: "direct",
  },
  {
    what: "one whose clock was put back",
    shape: { completedSec: -5 },
    end: "success",
    sec: 0,
    ending: "direct",
  },
];

for (const { what, shape, end, sec, ending } of CASES) {
  Deno.test(`[T-M10][D-9][D-11] time on task and ending of ${what}`, () => {
    const row = attemptRow(shape);
    const expected = end === null ? null : { end, ms: sec! * 1000 };
    assert.deepEqual(taskTimeOf(row), expected);
    assert.equal(endingOf(row, outcomeOf(row.lifecycle, row.journey)), ending);
  });
}
