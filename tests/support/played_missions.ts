import assert from "node:assert/strict";
import { ask } from "./http.ts";
import { post, startMission, type TestApp } from "./test_app.ts";

/** A mission as a kiosk plays it: what is told so many seconds after the start. */
export interface PlayedMission {
  readonly missionType: string;
  /** ISO 8601, by the kiosk's clock. */
  readonly startTime: string;
  readonly events: readonly (readonly [
    eventType: string,
    atSec: number,
    data?: Record<string, unknown>,
  ])[];
  readonly rating?: number;
}

/** Starts a mission and rates it over the API; its events take the way of those of a socket. */
export async function playMission(app: TestApp, played: PlayedMission): Promise<string> {
  const { missionType, startTime, events, rating } = played;
  const { attemptId } = await startMission(app, { missionType, timestamp: startTime });
  const startAt = Date.parse(startTime);
  const { createdAt } = await app.docent.missions.get(attemptId);
  for (const [eventType, atSec, data = {}] of events) {
    const timestamp = startAt + Math.round(atSec * 1000);
    const input = { eventType, timestamp, data };
    const arrival = { input, receivedAt: createdAt, processingMs: 0, chars: 100 };
    await app.docent.missions.record(attemptId, arrival);
  }
  if (rating !== undefined) {
    const { status } = await ask(app, `/api/missions/${attemptId}/review`, post({ rating }));
    assert.equal(status, 201);
  }
  return attemptId;
}
