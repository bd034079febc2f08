import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";
import type { Kv } from "../kv/port.ts";
import type { FactLog } from "../log/mod.ts";
import type { Measured } from "../recent_work.ts";
import type { Span } from "../time_zone.ts";
import { validate } from "../validation.ts";
import { analyticsQuerySchema, computeAnalytics } from "./analytics.ts";
import { createBucketStore } from "./bucket_store.ts";
import { computeDashboard, type Conversion } from "./dashboard.ts";
import { createIntake, type Outcomes } from "./intake.ts";
import { createLiveList, readTail } from "./live.ts";
import { bucketsProjection, eventReader, type ReadForeign } from "./projection.ts";
import { createRepeats } from "./repeats.ts";
import { openUptime } from "./uptime.ts";
import type { AnalyticsData, MetricsDashboard, WindowName } from "./view.ts";

export { analyticsQuerySchema } from "./analytics.ts";
export { hostOf, type Origin } from "./arrival.ts";
export type { Conversion } from "./dashboard.ts";
export { type CountedEvent, DIRECT, UNKNOWN } from "./event.ts";
export type { Accepted, Outcomes } from "./intake.ts";
export type { LiveListener } from "./live.ts";
export type { ReadForeign } from "./projection.ts";
export { eventSchema, MAX_EVENTS_PER_BATCH, metricsFactSchema } from "./schema.ts";

export interface OpenMetricsDeps {
  readonly kv: Kv;
  readonly log: FactLog;
  readonly clock: Clock;
  readonly ids: Ids;
  /** IANA name; days begin there. */
  readonly timeZone: string;
  /** Names of events that are conversions; attempts are counted where there are none. */
  readonly conversionEvents: readonly string[];
  /** What another domain's facts are as events. */
  readonly readForeign: ReadForeign;
  /** Attempts that ended in a span of our time, at most three days ago. */
  readonly attemptsEnded: (span: Span) => Promise<Conversion>;
  /** What the server observed of itself. */
  readonly measured: () => Measured;
  /** Told of what became of the events of a request. */
  readonly onOutcomes: (outcomes: Outcomes) => void;
  /** Told of a listener that failed. */
  readonly onListenerError: (error: unknown) => void;
}

export type Metrics = Awaited<ReturnType<typeof openMetrics>>;

/** Figures are counted at most so often as long as no event comes. */
const SHARED_MS = 1_000;

interface Shared {
  readonly at: number;
  readonly position: number;
  readonly dashboard: Promise<MetricsDashboard>;
}

/** The metrics domain: catches up with the log, then serves. */
export async function openMetrics(deps: OpenMetricsDeps) {
  const { kv, log, clock, timeZone } = deps;
  const buckets = createBucketStore(kv);
  const live = createLiveList({ onError: deps.onListenerError });
  const readEvents = eventReader(deps.readForeign);
  const onStored = (events: Parameters<typeof live.stored>[0]) => live.stored(events, clock.now());
  const rows = await log.follow(bucketsProjection({ clock, buckets, readEvents, onStored }));
  const tail = await readTail(log);
  const recent = await readEvents(tail.map(({ fact }) => fact));
  live.recall(recent.filter((event) => event !== null), clock.now());
  const uptime = await openUptime(kv, clock);
  const repeats = createRepeats({ kv, rowsAt: rows.position });
  const shared = new Map<WindowName, Shared>();

  /** Everything that was acknowledged is in it. */
  async function dashboard(name: WindowName = "today"): Promise<MetricsDashboard> {
    await rows.barrier();
    const at = clock.monotonic();
    const position = rows.position();
    const known = shared.get(name);
    if (known?.position === position && at - known.at < SHARED_MS) return await known.dashboard;
    const parts = { ...deps, buckets, uptime, liveEvents: live.list };
    const computed = {
      at,
      position,
      dashboard: computeDashboard(parts, { name, now: clock.now() }),
    };
    shared.set(name, computed);
    computed.dashboard.catch(() => shared.delete(name));
    return await computed.dashboard;
  }

  /**
   * @param query as the sockets and HTTP bring it
   * @throws AppError VALIDATION_ERROR for one that is not of its schema
   */
  async function analytics(query: Readonly<Record<string, unknown>> = {}): Promise<AnalyticsData> {
    const what = { code: "VALIDATION_ERROR", what: "Query validation failed" } as const;
    const asked = validate(analyticsQuerySchema, query, what);
    await rows.barrier();
    return await computeAnalytics({ buckets, timeZone, now: clock.now() }, asked);
  }

  return {
    ...createIntake({ ...deps, rows, repeats }),
    /** The whole of `dashboard_data`; shared by all who ask within a second. */
    dashboard,
    analytics,
    /** Calls back with what was stored, in arrays of at most 100, within a fraction of a second. */
    onEvents: live.listen,
    /** Notes that the server is alive; a timer calls it. */
    beat: uptime.beat,
  };
}
