import assert from "node:assert/strict";
import { ask } from "../../../support/http.ts";
import { arrivalOf, START_AT } from "../../../support/mission_facts.ts";
import { startMission, type TestApp, testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const MINUTE = 60_000;
const TIMESTAMP = new Date(START_AT).toISOString();

type Told = readonly [atSec: number, eventType: string, data?: Record<string, unknown>];

async function send(app: TestApp, attemptId: string, events: readonly Told[]): Promise<void> {
  for (const [atSec, eventType, data = {}] of events) {
    await app.docent.missions.record(attemptId, arrivalOf(eventType, atSec, { data }));
  }
}

/** What the attempt's answer says of its end. */
async function endOf(app: TestApp, attemptId: string) {
  const { data } = (await ask(app, `/api/missions/${attemptId}`)).body;
  const { status, totalDuration, leftAtRating, duplicateTerminals, eventCount } = data;
  return { status, totalDuration, leftAtRating, duplicateTerminals, eventCount };
}

interface Row {
  readonly name: string;
  readonly events: readonly Told[];
  readonly end: Awaited<ReturnType<typeof endOf>>;
}

const ended = (status: string, totalDuration: number, more = {}) => ({
  status,
  totalDuration,
  leftAtRating: false,
  duplicateTerminals: 1,
  eventCount: 2,
  ...more,
});

const ROWS: readonly Row[] = [
  {
    name: "[E-8.11][T-M24] a quit after a completion",
    events: [[90, "mission_completed"], [95, "mission_quitted"]],
    end: ended("completed", 90),
  },
  {
    name: "[E-8.11][T-M24] a completion that comes twice",
    events: [[90, "mission_completed"], [90.4, "mission_completed"]],
    end: ended("completed", 90),
  },
  {
    name: "[E-8.11][T-M24] a completion after a quit",
    events: [[45, "mission_quitted"], [90, "mission_completed"]],
    end: ended("quitted", 45),
  },
  {
    name: "[E-8.11][T-M24] a completion of before a quit, that comes after it",
    events: [[45, "mission_quitted"], [40, "mission_completed"]],
    end: ended("completed", 40),
  },
  {
    name: "[E-8.11][T-M24][T-M29] a kiosk's reset after success, then the visitor's own quit",
    events: [[60, "portfolio_created"], [90, "mission_quitted", { quitKind: "reset" }], [
      95,
      "mission_quitted",
    ]],
    end: ended("completed", 90, { leftAtRating: true, eventCount: 3 }),
  },
];

for (const { name, events, end } of ROWS) {
  Deno.test(`${name} leaves it ${end.status}`, async () => {
    await using app = await testApp({ parts: { clock: testClock() } });
    const { attemptId } = await startMission(app, { timestamp: TIMESTAMP });
    await send(app, attemptId, events);
    assert.deepEqual(await endOf(app, attemptId), end);
  });
}

Deno.test("[E-8.11][T-M06] the sweep ends what nobody goes on with, a late completion revises it", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const forgotten = await startMission(app, { timestamp: TIMESTAMP });
  const silent = await startMission(app, { timestamp: TIMESTAMP });
  await send(app, silent.attemptId, [[5, "page_view"]]);
  clock.advance(10 * MINUTE);
  await app.docent.expireStale();
  assert.equal((await endOf(app, forgotten.attemptId)).status, "expired");
  assert.equal((await endOf(app, silent.attemptId)).status, "in_progress");

  clock.advance(6 * MINUTE);
  await app.docent.expireStale();
  const expired = await endOf(app, silent.attemptId);
  assert.deepEqual([expired.status, expired.totalDuration], ["expired", null]);

  await send(app, silent.attemptId, [[80, "portfolio_created"], [90, "mission_completed"]]);
  const revised = await endOf(app, silent.attemptId);
  assert.deepEqual([revised.status, revised.totalDuration], ["completed", 90]);
});
