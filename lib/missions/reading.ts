import { dayOf } from "../time_zone.ts";
import type { ListQuery } from "./attempt_store.ts";
import { rememberedConnection } from "./connection.ts";
import { type MissionsContext, noAttempt } from "./context.ts";
import { type EventPage, type EventQuery, pageOfEvents } from "./event_page.ts";
import type { AttemptRow } from "./schema.ts";

export interface RealtimeFigures {
  readonly inProgressAttempts: number;
  readonly completedToday: number;
  readonly quittedToday: number;
}

export interface AttemptPage {
  readonly rows: readonly AttemptRow[];
  readonly total: number;
}

/** Reads; every one sees what was acknowledged before it was asked. */
export function createReading(context: MissionsContext) {
  const { clock, rows, attempts, history, missions, timeZone } = context;

  /** @throws AppError NOT_FOUND */
  async function get(attemptId: string): Promise<AttemptRow> {
    await rows.barrier();
    const row = await attempts.find(attemptId);
    if (row === null) throw noAttempt();
    return { ...row, connection: rememberedConnection(row.connection, clock.now()) };
  }

  /** @throws AppError NOT_FOUND; VALIDATION_ERROR for a cursor that is not ours */
  async function events(attemptId: string, query: EventQuery): Promise<EventPage> {
    const row = await get(attemptId);
    const definition = missions.version(row.missionType, row.missionVersion);
    return pageOfEvents(await history.read(attemptId), query, definition);
  }

  async function list(query: ListQuery): Promise<AttemptPage> {
    await rows.barrier();
    const counts = await attempts.counts();
    let total = 0;
    for (const missionType of query.missionTypes) {
      for (const status of query.statuses) total += counts[missionType]?.[status] ?? 0;
    }
    const found = await attempts.findMany(await attempts.listIds(query));
    return { rows: found.filter((row) => row !== null), total };
  }

  async function realtime(): Promise<RealtimeFigures> {
    await rows.barrier();
    const counts = await attempts.counts();
    const { from, to } = dayOf(clock.now(), timeZone);
    const today = await attempts.countEnded(from, to);
    let inProgressAttempts = 0;
    for (const byStatus of Object.values(counts)) inProgressAttempts += byStatus.in_progress ?? 0;
    return {
      inProgressAttempts,
      completedToday: today.completed ?? 0,
      quittedToday: today.quitted ?? 0,
    };
  }

  return { get, events, list, realtime };
}
