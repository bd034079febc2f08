import assert from "node:assert/strict";
import {
  begin,
  end,
  expire,
  newLifecycle,
  outcomeOf,
  terminalOf,
} from "../../../lib/missions/lifecycle.ts";
import { newJourney } from "../../../lib/missions/journey.ts";
import type { Lifecycle, Terminal } from "../../../lib/missions/schema.ts";
import { eventFact, PORTFOLIO, START_AT } from "../../support/mission_facts.ts";

type Step = (lifecycle: Lifecycle) => Lifecycle;

const at = (second: number): number => START_AT + second * 1000;

const connect: Step = begin;
const expireAt = (second: number): Step => (it) => expire(it, at(second));
const endWith = (terminal: Terminal): Step => (it) => end(begin(it), terminal, terminal.at + 500);
const complete = (second: number) => endWith(terminal("completed", second, null));
const quit = (second: number, quitKind: Terminal["quitKind"] = "user") =>
  endWith(terminal("quitted", second, quitKind));

function terminal(kind: Terminal["kind"], second: number, quitKind: Terminal["quitKind"]) {
  const eventId = `event_${kind}_${second}`;
  return { kind, at: at(second), eventId, quitKind, quitReason: null, reportedDuration: null };
}

interface Row {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Seconds after the start at which the task was done. */
  readonly succeeded?: number;
  readonly status: string;
  readonly ended?: number;
  readonly leftAtRating?: boolean;
  readonly duplicates?: number;
  readonly revisions?: readonly string[];
}

const ROWS: readonly Row[] = [
  { name: "[M-03] a start is pending", steps: [], status: "pending" },
  { name: "[M-05] a connection begins it", steps: [connect], status: "in_progress" },
  {
    name: "[M-05][T-M07] a second connection changes nothing",
    steps: [connect, connect],
    status: "in_progress",
  },
  { name: "[T-M06] pending, then nothing: expired", steps: [expireAt(600)], status: "expired" },
  {
    name: "[T-M06] in progress, then nothing: expired",
    steps: [connect, expireAt(900)],
    status: "expired",
  },
  {
    name: "[T-M10][T-M28] success alone does not end it",
    steps: [connect],
    succeeded: 60,
    status: "in_progress",
  },
  {
    name: "[T-M10][T-M29] success, then nothing: completed at the last sign, left at the rating",
    steps: [connect, expireAt(900)],
    succeeded: 60,
    status: "completed",
    ended: 60,
    leftAtRating: true,
  },
  { name: "[M-06] completed", steps: [connect, complete(90)], status: "completed", ended: 90 },
  { name: "[M-06] quitted", steps: [connect, quit(45)], status: "quitted", ended: 45 },
  {
    name: "[M-06] a terminal event without a connection begins and ends it",
    steps: [complete(90)],
    status: "completed",
    ended: 90,
  },
  {
    name: "[T-M29] quit by the kiosk's reset before success",
    steps: [connect, quit(45, "reset")],
    status: "quitted",
    ended: 45,
  },
  {
    name: "[T-M24][T-M29] idle quit after success counts as completed",
    steps: [connect, quit(80, "idle")],
    succeeded: 60,
    status: "completed",
    ended: 80,
    leftAtRating: true,
  },
  {
    name: "[T-M24][T-M29] reset quit after success counts as completed",
    steps: [connect, quit(80, "reset")],
    succeeded: 60,
    status: "completed",
    ended: 80,
    leftAtRating: true,
  },
  {
    name: "[T-M24] the visitor's own quit after success is a quit",
    steps: [connect, quit(80, "user")],
    succeeded: 60,
    status: "quitted",
    ended: 80,
  },
  {
    name: "[T-M24] complete twice: the first counts",
    steps: [connect, complete(90), complete(95)],
    status: "completed",
    ended: 90,
    duplicates: 1,
  },
  {
    name: "[T-M24] complete twice, the earlier one late: the earlier counts",
    steps: [connect, complete(95), complete(90)],
    status: "completed",
    ended: 90,
    duplicates: 1,
    revisions: ["completed to completed"],
  },
  {
    name: "[T-M24] quit after complete: stays completed",
    steps: [connect, complete(90), quit(95)],
    status: "completed",
    ended: 90,
    duplicates: 1,
  },
  {
    name: "[T-M24] a late quit of before the completion: completed never becomes quitted",
    steps: [connect, complete(90), quit(80)],
    status: "completed",
    ended: 90,
    duplicates: 1,
  },
  {
    name: "[T-M24] complete after quit, later: stays quitted",
    steps: [connect, quit(45), complete(90)],
    status: "quitted",
    ended: 45,
    duplicates: 1,
  },
  {
    name: "[T-M24] complete after quit, of an earlier time: completed",
    steps: [connect, quit(45), complete(40)],
    status: "completed",
    ended: 40,
    duplicates: 1,
    revisions: ["quitted to completed"],
  },
  {
    name: "[T-M24] quit twice, the earlier one late: the earlier counts",
    steps: [connect, quit(45, "user"), quit(40, "idle")],
    status: "quitted",
    ended: 40,
    duplicates: 1,
    revisions: ["quitted to quitted"],
  },
  {
    name: "[T-M24] two ends of one moment: the first to arrive counts",
    steps: [connect, quit(45), complete(45)],
    status: "quitted",
    ended: 45,
    duplicates: 1,
  },
  {
    name: "[T-M24] a late complete revises an expiry",
    steps: [connect, expireAt(900), complete(90)],
    status: "completed",
    ended: 90,
    revisions: ["expired to completed"],
  },
  {
    name: "[T-M24] a late quit revises an expiry",
    steps: [connect, expireAt(900), quit(45)],
    status: "quitted",
    ended: 45,
    revisions: ["expired to quitted"],
  },
  {
    name: "[T-M24] a late complete revises an expiry that was never connected",
    steps: [expireAt(600), complete(90)],
    status: "completed",
    ended: 90,
    revisions: ["expired to completed"],
  },
  {
    name: "[T-M24] an ended attempt does not expire",
    steps: [connect, complete(90), expireAt(900)],
    status: "completed",
    ended: 90,
  },
  {
    name: "[T-M24] an expired attempt does not begin again, nor expire again",
    steps: [connect, expireAt(900), connect, expireAt(1800)],
    status: "expired",
  },
];

for (const row of ROWS) {
  Deno.test(row.name, () => {
    const lifecycle = row.steps.reduce((state, step) => step(state), newLifecycle());
    const done = row.succeeded === undefined ? null : at(row.succeeded);
    const journey = { ...newJourney(START_AT), succeededAt: done, lastAt: done ?? START_AT };
    const outcome = outcomeOf(lifecycle, journey);
    assert.equal(outcome.status, row.status);
    assert.equal(outcome.endAt, row.ended === undefined ? null : at(row.ended));
    assert.equal(outcome.leftAtRating, row.leftAtRating ?? false);
    assert.equal(lifecycle.duplicateTerminals, row.duplicates ?? 0);
    const revisions = lifecycle.revisions.map(({ from, to }) => `${from} to ${to}`);
    assert.deepEqual(revisions, row.revisions ?? []);
  });
}

Deno.test("[T-M24] a revision says when it was made and an expiry keeps its time", () => {
  const expired = expire(begin(newLifecycle()), at(900));
  const revised = end(expired, terminal("completed", 90, null), at(2000));
  assert.deepEqual(revised.revisions, [{ at: at(2000), from: "expired", to: "completed" }]);
  assert.equal(revised.expiredAt, at(900));
  assert.equal(revised.terminal?.eventId, "event_completed_90");
});

Deno.test("[T-M10] a completion without a success event is one, at its own time", () => {
  const completed = end(begin(newLifecycle()), terminal("completed", 90, null), at(90));
  assert.equal(outcomeOf(completed, newJourney(START_AT)).succeededAt, at(90));
  const quitted = end(begin(newLifecycle()), terminal("quitted", 45, "user"), at(45));
  assert.equal(outcomeOf(quitted, newJourney(START_AT)).succeededAt, null);
});

Deno.test("[T-M29] terminalOf() reads the kind of a quit, its reason and the client's duration", () => {
  const of = (eventType: string, data: Record<string, unknown>) =>
    terminalOf(eventFact(eventType, 45, data), PORTFOLIO);
  assert.equal(of("page_view", {}), null);
  assert.equal(of("mission_completed", { quitKind: "idle" })?.quitKind, null);
  assert.equal(of("mission_completed", { totalDuration: 390 })?.reportedDuration, 390);
  assert.equal(of("mission_completed", { totalDuration: "390" })?.reportedDuration, null);
  assert.equal(of("mission_quitted", { timeBeforeQuit: 45 })?.reportedDuration, 45);
  assert.equal(of("mission_quitted", {})?.quitKind, "user");
  assert.equal(of("mission_quitted", { quitKind: "reset" })?.quitKind, "reset");
  const idle = of("mission_quitted", { feedback: " 자동 포기 (2분 비활동) " });
  assert.equal(idle?.quitKind, "idle");
  assert.equal(idle?.quitReason, "자동 포기 (2분 비활동)");
  const told = of("mission_quitted", { quitReason: "boring", feedback: "other" });
  assert.deepEqual([told?.quitKind, told?.quitReason], ["user", "boring"]);
  assert.equal(of("mission_quitted", { quitReason: "x".repeat(900) })?.quitReason?.length, 500);
});
