import {
  createMissions,
  type MissionDefinition,
  SHIPPED_MISSIONS,
} from "../../lib/missions/definitions.ts";
import type { Arrival } from "../../lib/missions/record.ts";
import type {
  EventFact,
  EventInput,
  MissionFact,
  MissionRecord,
  StartedFact,
} from "../../lib/missions/schema.ts";
import { SESSION_ID } from "./test_app.ts";

/** When the attempts of these builders start, by both clocks. */
export const START_AT = Date.parse("2025-01-19T10:30:00.000Z");
export const ATTEMPT_ID = "attempt_1737282600000000000001";

export const MISSIONS = createMissions(SHIPPED_MISSIONS);
export const PORTFOLIO = definition("portfolio");
export const VOCABULARY = definition("vocabulary");

function definition(missionType: string): MissionDefinition {
  return MISSIONS.version(missionType, 1);
}

/** An attempt's start. */
export function startedFact(more: Partial<StartedFact> = {}): StartedFact {
  return {
    type: "missions.attempt_started",
    attemptId: ATTEMPT_ID,
    sessionId: SESSION_ID,
    missionType: "portfolio",
    missionVersion: 1,
    startAt: START_AT,
    receivedAt: START_AT,
    kioskId: null,
    ...more,
  };
}

let lastEventId = 0;

/** An event so many seconds after the start, received in the same moment. */
export function eventFact(
  eventType: string,
  atSec: number,
  data: Record<string, unknown> = {},
  more: Partial<EventFact> = {},
): EventFact {
  const at = START_AT + Math.round(atSec * 1000);
  return {
    type: "missions.event_recorded",
    attemptId: ATTEMPT_ID,
    eventId: `event_${++lastEventId}`,
    eventType,
    at,
    data,
    receivedAt: at,
    clockOffsetMs: 0,
    serverProcessingMs: 0,
    delivery: "live",
    ...more,
  };
}

/** Facts in their places in the log, from the first. */
export function toRecords<F extends MissionFact>(facts: readonly F[]): MissionRecord<F>[] {
  return facts.map((fact, index) => ({ position: index + 1, fact }));
}

/** An event as it comes from a client, so many seconds after the start. */
export function arrivalOf(
  eventType: string,
  atSec: number,
  { receivedAt, ...more }: Partial<EventInput> & { receivedAt?: number } = {},
): Arrival {
  const timestamp = START_AT + Math.round(atSec * 1000);
  const input: EventInput = { eventType, timestamp, data: {}, ...more };
  return { input, receivedAt: receivedAt ?? timestamp, processingMs: 0, chars: 100 };
}
