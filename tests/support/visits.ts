import type { MissionsService } from "../../lib/missions/mod.ts";
import { arrivalOf, START_AT } from "./mission_facts.ts";
import { SESSION_ID } from "./test_app.ts";

/** An event of a visit: seconds after its start, type, payload. */
export type Told = readonly [
  atSec: number,
  eventType: string,
  data?: Readonly<Record<string, unknown>>,
];

/** A visit that has a bit of everything: pages, steps, success, rating in words, end. */
export const VISIT: readonly Told[] = [
  [1, "page_view", { url: "/portfolio/create/auto" }],
  [10, "portfolio_creation_step", { step: 1, timeOnStep: 8.5 }],
  [60, "portfolio_created", { portfolioName: "나의 포트폴리오" }],
  [70, "mission_rating_submitted", { rating: 4, feedback: "쉬웠어요" }],
  [80, "mission_completed", { totalDuration: 79.5 }],
];

export interface VisitOptions {
  /** Seconds after `START_AT` at which it starts. */
  readonly startSec?: number;
  readonly missionType?: string;
  readonly events?: readonly Told[];
}

/** Plays a visit and gives its attempt's id; the kiosk's clock is right. */
export async function playVisit(
  missions: MissionsService,
  { startSec = 0, missionType = "portfolio", events = VISIT }: VisitOptions = {},
): Promise<string> {
  const timestamp = START_AT + startSec * 1000;
  const { attemptId } = await missions.start(
    { sessionId: SESSION_ID, missionType, timestamp },
    { kioskId: null, idempotencyKey: null },
  );
  for (const [atSec, eventType, data = {}] of events) {
    await missions.record(attemptId, arrivalOf(eventType, startSec + atSec, { data: { ...data } }));
  }
  return attemptId;
}
