import type { Span } from "../time_zone.ts";
import { countOf } from "./attempt_index.ts";
import type { ListQuery } from "./attempt_list.ts";
import { rememberedConnection } from "./connection.ts";
import { type MissionsContext, noAttempt } from "./context.ts";
import { type EventPage, type EventQuery, type GatheredPage, gatherPage } from "./event_page.ts";
import type { HistoryStore } from "./history_store.ts";
import type { AttemptRow } from "./schema.ts";
import { type EndedCounts, NOTHING_TODAY, type TodayFigures } from "./today.ts";

export interface RealtimeFigures {
  readonly inProgressAttempts: number;
  readonly completedToday: number;
  readonly quittedToday: number;
}

/** One defined mission on the exhibition's day (M-47). Excluded attempts are not among them. */
export interface MissionToday extends TodayFigures {
  readonly missionType: string;
  /** Running now, whenever they started. */
  readonly inProgress: number;
}

export interface AttemptPage {
  readonly rows: readonly AttemptRow[];
  readonly total: number;
}

export interface AttemptWithEvents {
  readonly row: AttemptRow;
  readonly page: EventPage;
}

/** Reads; every one sees what was acknowledged before it was asked. */
export function createReading(context: MissionsContext) {
  const { clock, rows, attempts, history, missions } = context;

  /** @throws AppError NOT_FOUND */
  async function get(attemptId: string): Promise<AttemptRow> {
    await rows.barrier();
    const row = await attempts.find(attemptId);
    if (row === null) throw noAttempt();
    return { ...row, connection: rememberedConnection(row.connection, clock.now()) };
  }

  /** @throws AppError NOT_FOUND; VALIDATION_ERROR for a cursor that is not ours */
  async function withEvents(attemptId: string, query: EventQuery): Promise<AttemptWithEvents> {
    const row = await get(attemptId);
    const isCounted = row.eventsRemovedAt === null && query.type === undefined &&
      query.isMissionRelevant === undefined;
    const gathered = gatherPage(query, {
      definition: missions.version(row.missionType, row.missionVersion),
      maxBehindMs: isCounted ? row.arrival.maxBehindMs : Infinity,
    });
    await gather(history, { attemptId, gathered });
    const page = gathered.page();
    return { row, page: isCounted ? { ...page, eventCount: row.eventCount } : page };
  }

  async function events(attemptId: string, query: EventQuery): Promise<EventPage> {
    return (await withEvents(attemptId, query)).page;
  }

  async function list(query: ListQuery): Promise<AttemptPage> {
    await rows.barrier();
    const counts = await attempts.counts();
    const found = await attempts.findMany(await attempts.listIds(query, counts));
    return { rows: found.filter((row) => row !== null), total: countOf(counts, query) };
  }

  /** Figures of each defined mission, of this moment (T-M18: never cached). */
  async function today(): Promise<MissionToday[]> {
    await rows.barrier();
    const counts = await attempts.counts();
    const figures = await context.today.figures();
    return await Promise.all(missions.types.map(async (missionType) => {
      const running = counts[missionType]?.in_progress ?? 0;
      const excluded = await attempts.countExcluded(missionType, "in_progress");
      return {
        missionType,
        inProgress: running - excluded,
        ...figures.get(missionType) ?? NOTHING_TODAY,
      };
    }));
  }

  async function realtime(): Promise<RealtimeFigures> {
    const figures = await today();
    const sum = (of: (figures: MissionToday) => number) =>
      figures.reduce((total, mission) => total + of(mission), 0);
    return {
      inProgressAttempts: sum((mission) => mission.inProgress),
      completedToday: sum((mission) => mission.completed),
      quittedToday: sum((mission) => mission.quitted),
    };
  }

  /** Attempts that ended in a span of our time; it begins the day before yesterday at earliest. */
  async function endedIn(span: Span): Promise<EndedCounts> {
    await rows.barrier();
    return await context.today.endedIn(span);
  }

  return { get, events, withEvents, list, realtime, today, endedIn };
}

/** Reads of a history what the page needs: back from where it begins, then on. */
async function gather(
  history: HistoryStore,
  { attemptId, gathered }: { readonly attemptId: string; readonly gathered: GatheredPage },
): Promise<void> {
  const { position } = gathered;
  if (position > 0) {
    for await (const { records } of history.partsFrom(attemptId, position, "back")) {
      gathered.take(records);
      if (gathered.isBegun()) break;
    }
  }
  if (gathered.isFull()) return;
  for await (const { records } of history.partsFrom(attemptId, position, "on")) {
    gathered.take(records);
    if (gathered.isFull()) break;
  }
}
