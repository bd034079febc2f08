import type { AppError } from "../errors.ts";
import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";
import type { Kv } from "../kv/port.ts";
import type { FactLog } from "../log/mod.ts";
import { createTurns } from "../turns.ts";
import { createAnalysing } from "./analytics/analysing.ts";
import { createHours } from "./analytics/hours.ts";
import { createAnnotations } from "./annotations.ts";
import { createAttemptStore } from "./attempt_store.ts";
import { createBatches } from "./batch.ts";
import { createContext } from "./context.ts";
import { createEventStream } from "./event_stream.ts";
import { createMissions, type MissionDefinition } from "./definitions.ts";
import { createEventSource } from "./event_source.ts";
import { createExclusions } from "./exclusion.ts";
import { createExpiry } from "./expiry.ts";
import { createExporting } from "./export/exporting.ts";
import { createImporting } from "./import/importing.ts";
import type { GateLimits } from "./gates.ts";
import { createHistoryStore } from "./history_store.ts";
import { createLiveFeed } from "./live_feed.ts";
import { attemptsProjection } from "./projection.ts";
import { createReading } from "./reading.ts";
import type { Refusal } from "./record.ts";
import { createRecording } from "./recording.ts";
import { createRetention } from "./retention.ts";
import { createStarts } from "./start.ts";
import { createStartedStore } from "./started_store.ts";
import { createToday } from "./today.ts";

export type {
  AnalyticsQuery,
  DayFigures,
  MissionAnalytics,
  PathAnalytics,
} from "./analytics/analysing.ts";
export { type Annotation, annotationInputSchema } from "./annotations.ts";
export type { BatchResult, TakenAttempt } from "./batch.ts";
export { ATTEMPT_SORTS, type AttemptSort } from "./keys.ts";
export { type MissionDefinition, type Missions, SHIPPED_MISSIONS } from "./definitions.ts";
export type { MissionEvent } from "./event_source.ts";
export { isTerminal, outcomeOf } from "./lifecycle.ts";
export { completionRate } from "./statistics/mod.ts";
export { ratingText } from "./review.ts";
export { type Arrival, type Refusal, REFUSALS } from "./record.ts";
export type { MissionToday } from "./reading.ts";
export type { Receipt } from "./recording.ts";
export { type EventPage, MAX_EVENTS_PER_PAGE, type StoredEvent } from "./event_page.ts";
export { eventFacts } from "./event_facts.ts";
export type { EventStream } from "./event_stream.ts";
export type { FeedEvent, LiveFeed } from "./live_feed.ts";
export { sortValue, totalDuration } from "./attempt_index.ts";
export type { ListPlace } from "./attempt_list.ts";
export { codebookCsv, type CodebookEntry } from "./export/codebook.ts";
export { COLUMN_TYPES } from "./export/column.ts";
export { type Table, TABLES } from "./export/entities.ts";
export { MAX_LINE_BYTES } from "./import/check_line.ts";
export type { ImportReport } from "./import/report.ts";
export type { Difference } from "./verify/compare.ts";
export { type Verified, verifyMissions } from "./verify/verifying.ts";
export { renderCsv, renderFacts, renderJson, renderNdjson } from "./export/render.ts";
export {
  ATTEMPT_STATUSES,
  type AttemptRow,
  type AttemptStatus,
  type BatchAttempt,
  batchAttemptSchema,
  type EventInput,
  eventSchema,
  exclusionInputSchema,
  isMissionFact,
  MAX_ATTEMPTS_PER_BATCH,
  MAX_EVENTS_PER_BATCH,
  missionFactSchema,
  reviewSchema,
  startSchema,
  type StoredReview,
} from "./schema.ts";

export interface OpenMissionsDeps {
  readonly kv: Kv;
  readonly log: FactLog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly definitions: readonly MissionDefinition[];
  /** IANA name; days begin and end there. */
  readonly timeZone: string;
  /** Events are removed so long after an attempt's last sign of life; null for never. */
  readonly retainEventsDays: number | null;
  readonly onRefusal: (reason: Refusal) => void;
  /** Of what is held in memory of attempts, other than the usual ones; for tests. */
  readonly gateLimits?: GateLimits;
  /** Told of a live feed that could not read on; it tries again. */
  readonly onFeedError: (error: unknown) => void;
  /** Told when rows are about to be made anew, as of a program with rows of another form. */
  readonly onRebuild: () => void;
  /** Told of each attempt that is left out when rows are made anew: its history cannot be read. */
  readonly onUnreadable: (error: AppError) => void;
}

export type MissionsService = Awaited<ReturnType<typeof openMissions>>;

/** The missions domain: catches up with the log, then serves. */
export async function openMissions(deps: OpenMissionsDeps) {
  const { kv, log } = deps;
  const missions = createMissions(deps.definitions);
  const attempts = createAttemptStore(kv);
  const history = createHistoryStore(kv);
  const today = createToday({ clock: deps.clock, timeZone: deps.timeZone, attempts });
  const turn = createTurns(deps.clock);
  const hours = createHours({ kv, attempts, missions, turn });
  const watchers = [today, hours.watcher];
  const rows = await log.follow(
    attemptsProjection({ ...deps, attempts, history, missions, watchers }),
  );
  hours.watcher.stored([], rows.position());
  const feed = createLiveFeed({ log, attempts, missions, onError: deps.onFeedError });
  const context = createContext({ ...deps, rows, attempts, history, missions, today });
  const exporting = createExporting({ ...context, started: createStartedStore(kv) });
  const starts = createStarts(context);
  const recording = createRecording(context);
  return {
    ...starts,
    ...recording,
    ...createBatches({ clock: deps.clock, ...starts, ...recording }),
    ...createReading(context),
    ...createExpiry(context),
    ...createExclusions(context),
    ...createAnnotations({ ...deps, missions }),
    ...createAnalysing({ ...context, timeZone: deps.timeZone, hours, turn }),
    ...createImporting(context),
    ...exporting,
    ...createRetention({
      ...context,
      retainEventsDays: deps.retainEventsDays,
      isExporting: exporting.isExporting,
    }),
    /** The missions that can be started. */
    missions,
    /** The newest events, for pages that watch. */
    feed,
    /** Every event, for who must not miss one. */
    eventStream: createEventStream(log),
    /** Tells visitors' events from the facts of the log, for who counts events of any kind. */
    eventSource: createEventSource(attempts),
    /** Makes all rows anew from the histories; not while events come in. */
    rebuild: rows.rebuild,
  };
}
