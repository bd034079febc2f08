import type { LiveEvent, LiveSnapshot, Overview } from "../../lib/missions/view.ts";

export const EMPTY_OVERVIEW: Overview = {
  asOf: "2025-01-19T01:40:00.000Z",
  activeConnections: 0,
  inProgress: 0,
  completedToday: 0,
  quitToday: 0,
  load: "low",
  missions: [],
};

export function aLiveEvent(position: number, change: Partial<LiveEvent> = {}): LiveEvent {
  return {
    position,
    attemptId: "attempt_1737285000000123456789",
    missionType: "portfolio",
    eventType: "portfolio_creation_step",
    timestamp: "2025-01-19T01:35:45.000Z",
    receivedAt: "2025-01-19T01:35:45.100Z",
    isMissionRelevant: true,
    facts: { step: 3, seconds: 12.5 },
    ...change,
  };
}

/** A snapshot of the events at these positions, given newest first. */
export function aSnapshot(
  positions: readonly number[],
  change: Partial<LiveSnapshot> = {},
): LiveSnapshot {
  return {
    epoch: "one",
    position: positions[0] ?? 0,
    overview: EMPTY_OVERVIEW,
    recent: positions.map((position) => aLiveEvent(position)),
    recentSince: (positions.at(-1) ?? 0) - 1,
    ...change,
  };
}
