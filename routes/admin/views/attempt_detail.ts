import { toIso } from "../../../lib/clock.ts";
import {
  type AttemptRow,
  eventFacts,
  type MissionDefinition,
  type MissionsService,
  outcomeOf,
  type StoredEvent,
  totalDuration,
} from "../../../lib/missions/mod.ts";
import type {
  AttemptDetailView,
  OfflineSpan,
  TimelineEvent,
  TimelineItem,
} from "../../../lib/missions/view.ts";

/** Events shown at once; a visitor makes some tens. */
const MAX_SHOWN = 100;

/**
 * One attempt with its timeline (M-49).
 * @param cursor of the part before, for attempts with very many events
 * @throws AppError NOT_FOUND
 */
export async function attemptDetailView(
  service: MissionsService,
  attemptId: string,
  cursor: string | undefined,
): Promise<AttemptDetailView> {
  const { row, page } = await service.withEvents(attemptId, { limit: MAX_SHOWN, cursor });
  const definition = service.missions.version(row.missionType, row.missionVersion);
  return {
    ...facts(row, definition),
    timeline: timelineOf(page.events, row),
    moreHref: page.nextCursor === null
      ? null
      : `/admin/attempts/${attemptId}?cursor=${encodeURIComponent(page.nextCursor)}`,
  };
}

function facts(row: AttemptRow, definition: MissionDefinition) {
  const { journey, lifecycle: { terminal, duplicateTerminals }, review } = row;
  const { status, endAt, succeededAt, leftAtRating } = outcomeOf(row.lifecycle, journey);
  const path = definition.paths.findIndex((it) => it.path === journey.path);
  return {
    attemptId: row.attemptId,
    sessionId: row.sessionId,
    kioskId: row.kioskId,
    mission: { missionType: row.missionType, name: definition.name },
    status,
    startTime: toIso(row.startAt),
    endTime: endAt === null ? null : toIso(endAt),
    totalSeconds: totalDuration(row),
    taskSeconds: succeededAt === null ? null : Math.max(0, succeededAt - row.startAt) / 1000,
    activeSeconds: journey.activeMs / 1000,
    reportedSeconds: terminal?.reportedDuration ?? null,
    path: path < 0 ? null : { number: path + 1, title: definition.paths[path].title },
    leftAtRating,
    duplicateTerminals,
    review: review === null ? null : {
      rating: review.rating,
      feedback: review.feedback,
      submittedAt: toIso(review.submittedAt),
    },
    eventCount: row.eventCount,
    eventsRemovedAt: row.eventsRemovedAt === null ? null : toIso(row.eventsRemovedAt),
  };
}

/** Events in time order, with the spans in which the kiosk kept them for lack of a connection. */
export function timelineOf(events: readonly StoredEvent[], row: AttemptRow): TimelineItem[] {
  const items: TimelineItem[] = [];
  let queued: StoredEvent[] = [];
  const flush = () => {
    if (queued.length > 0) {
      items.push(
        offlineSpan(queued, row),
        ...queued.map((it) => toItem(it, row)),
      );
    }
    queued = [];
  };
  for (const event of events) {
    if (event.delivery === "queued") {
      queued.push(event);
      continue;
    }
    flush();
    items.push(toItem(event, row));
  }
  flush();
  return items;
}

/** From the first event that was kept to the moment when the first of them arrived. */
function offlineSpan(queued: readonly StoredEvent[], row: AttemptRow): OfflineSpan {
  const from = correctedAt(queued[0], row);
  const to = Math.max(from, ...queued.map((event) => event.receivedAt));
  return {
    kind: "offline",
    from: toIso(from),
    to: toIso(to),
    seconds: (to - from) / 1000,
    eventCount: queued.length,
  };
}

function toItem(event: StoredEvent, row: AttemptRow): TimelineEvent {
  const { eventId, eventType, at, data } = event;
  const done = row.journey.steps.find((step) => step.at === at && step.step === data.step);
  const isEnd = eventType === "mission_completed" || eventType === "mission_quitted";
  return {
    kind: "event",
    eventId,
    eventType,
    at: toIso(correctedAt(event, row)),
    sinceStartSeconds: (at - row.startAt) / 1000,
    isMissionRelevant: data.isMissionRelevant === true,
    facts: eventFacts({ eventType, data }),
    step: done === undefined
      ? null
      : { reportedSeconds: done.reportedSec, measuredSeconds: done.measuredMs / 1000 },
    delivery: event.delivery,
    isDuplicate: isEnd && row.lifecycle.terminal?.eventId !== eventId,
  };
}

/**
 * By our clock. One offset for all, the best that is known: each event's own would put some out of
 * their order, and stretch the times between them.
 */
function correctedAt({ at }: StoredEvent, { clockOffsetMs }: AttemptRow): number {
  return at - clockOffsetMs;
}
