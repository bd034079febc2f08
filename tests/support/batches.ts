import type { TestEvent } from "./events.ts";
import { SESSION_ID } from "./test_app.ts";

export const BATCH = "/api/missions/batch";

/** The attempt's id as a client makes it; another number is another one. */
export function clientAttemptId(number = 1): string {
  return `00000000-0000-4000-9000-${String(number).padStart(12, "0")}`;
}

export interface BatchShape {
  readonly attemptId?: unknown;
  readonly sessionId?: unknown;
  readonly missionType?: unknown;
  readonly timestamp?: unknown;
  readonly events?: unknown;
}

/** An attempt as a kiosk hands it in; what a test wants otherwise stands in `parts`. */
export function batched(events: readonly (TestEvent | unknown)[], parts: BatchShape = {}) {
  return {
    attemptId: clientAttemptId(),
    sessionId: SESSION_ID,
    missionType: "portfolio",
    timestamp: "2025-01-19T10:30:00.000Z",
    events,
    ...parts,
  };
}
