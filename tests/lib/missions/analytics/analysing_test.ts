import assert from "node:assert/strict";
import { arrivalOf, START_AT } from "../../../support/mission_facts.ts";
import { openTestMissions } from "../../../support/open_missions.ts";
import { SESSION_ID } from "../../../support/test_app.ts";

type App = Awaited<ReturnType<typeof openTestMissions>>;

async function visit({ missions }: App, startTime: string, end?: string): Promise<void> {
  const timestamp = Date.parse(startTime);
  const input = { sessionId: SESSION_ID, missionType: "portfolio", timestamp };
  const { attemptId } = await missions.start(input, { kioskId: null, idempotencyKey: null });
  if (end === undefined) return;
  const atSec = (timestamp - START_AT) / 1000 + 30;
  await missions.record(attemptId, arrivalOf(end, atSec, { receivedAt: START_AT }));
}

Deno.test("[M-50][T-M21] completed and ended attempts by day in Seoul, days without any as well", async () => {
  await using app = await openTestMissions();
  await visit(app, "2025-01-16T14:59:59.999Z", "mission_completed");
  await visit(app, "2025-01-16T15:00:00.000Z", "mission_completed");
  await visit(app, "2025-01-17T03:00:00.000Z", "mission_quitted");
  await visit(app, "2025-01-17T03:00:00.000Z");
  await visit(app, "2025-01-19T03:00:00.000Z", "mission_completed");
  const byDay = (startDate: string, endDate: string) =>
    app.missions.completionByDay({ missionType: "portfolio", startDate, endDate });
  assert.deepEqual(await byDay("2025-01-17", "2025-01-19"), [
    { day: "2025-01-17", completed: 1, ended: 2 },
    { day: "2025-01-18", completed: 0, ended: 0 },
    { day: "2025-01-19", completed: 1, ended: 1 },
  ]);
  assert.deepEqual(await byDay("2025-01-17T03:00:00Z", "2025-01-17T16:00:00Z"), [
    { day: "2025-01-17", completed: 0, ended: 1 },
    { day: "2025-01-18", completed: 0, ended: 0 },
  ]);
});

Deno.test("[M-50] a period of more than 400 days is not shown by day", async () => {
  await using app = await openTestMissions();
  const byDay = (startDate: string) =>
    app.missions.completionByDay({ missionType: "all", startDate, endDate: "2025-01-19" });
  assert.equal((await byDay("2023-12-17")).length, 400);
  await assert.rejects(() => byDay("2023-12-16"), { code: "VALIDATION_ERROR" });
});

Deno.test("[M-16] missions with paths are those whose definition has any", async () => {
  await using app = await openTestMissions();
  assert.deepEqual(app.missions.missionsWithPaths(), ["vocabulary"]);
});
