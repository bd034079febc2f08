import { type Kv, stage } from "../../lib/kv/port.ts";
import { hourMarkWrite } from "../../lib/missions/analytics/hour_store.ts";
import { createHours } from "../../lib/missions/analytics/hours.ts";
import { indexWrites, startedWrites } from "../../lib/missions/attempt_index.ts";
import { createAttemptStore, rowWrite } from "../../lib/missions/attempt_store.ts";
import type { AttemptRow } from "../../lib/missions/schema.ts";
import { createTurns } from "../../lib/turns.ts";
import { MISSIONS } from "./mission_facts.ts";
import { testClock } from "./test_clock.ts";

/** Stores a row as the projection does, and marks its hour. */
export async function storeRow(kv: Kv, row: AttemptRow): Promise<void> {
  const attempts = createAttemptStore(kv);
  const before = await attempts.find(row.attemptId);
  const operation = kv.atomic();
  stage(operation, [
    rowWrite(row),
    ...indexWrites(before, row),
    ...startedWrites(before, row),
    hourMarkWrite(row, row.position),
  ]);
  await operation.commit();
}

/** The hours of a store as a process that has just begun knows them. */
export function openHours(kv: Kv) {
  const attempts = createAttemptStore(kv);
  return createHours({ kv, attempts, missions: MISSIONS, turn: createTurns(testClock()) });
}

/** How many attempts the hours count in a span. */
export async function countAttempts(
  hours: ReturnType<typeof openHours>,
  span: { from: number; to: number },
): Promise<number> {
  const { parts } = await hours.core({ missionTypes: ["portfolio"], span });
  return parts.flatMap(({ sums }) => Object.values(sums.byStatus))
    .reduce((total, count) => total + count, 0);
}
