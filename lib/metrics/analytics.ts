import { z } from "zod";
import { toIso } from "../clock.ts";
import { AppError } from "../errors.ts";
import { parsePeriod } from "../period.ts";
import { dayOf, type Span } from "../time_zone.ts";
import { addToSum, newBucket } from "./bucket.ts";
import { type BucketStore, floorTo, HOUR_MS } from "./bucket_store.ts";
import { bucketsIn, rounded } from "./cover.ts";
import { distributionOf, MAX_LISTED, round1 } from "./figures.ts";
import { RELATIVE_ERROR } from "./hyperloglog.ts";
import { topOf } from "./tally.ts";
import type { AnalyticsData, TimePoint } from "./view.ts";
import { toFromTo } from "./windows.ts";

/** What `analytics:get` and `GET /api/metrics/analytics` ask for. */
export const analyticsQuerySchema = z.object({
  /** Dates or instants, as in `/api/analytics`; the last seven days without them. */
  startDate: z.string().max(40).optional(),
  endDate: z.string().max(40).optional(),
  /** Of the volume; hours up to eight days, then days. */
  interval: z.enum(["hour", "day"]).optional(),
});
export type AnalyticsQuery = z.infer<typeof analyticsQuerySchema>;

export interface AnalyticsDeps {
  readonly buckets: BucketStore;
  readonly timeZone: string;
  /** The moment that it is asked for. */
  readonly now: number;
}

const DAY_MS = 24 * HOUR_MS;
const DEFAULT_DAYS = 7;
const MAX_DAYS = 366;
const MAX_DAYS_IN_HOURS = 31;
const DAYS_SHOWN_IN_HOURS = 8;

/**
 * E-19, as of a moment.
 * @throws AppError VALIDATION_ERROR for a period that cannot be read, or is too long
 */
export async function computeAnalytics(
  { buckets, timeZone, now }: AnalyticsDeps,
  query: AnalyticsQuery,
): Promise<AnalyticsData> {
  const asked = periodOf(query, { now, timeZone });
  const interval = intervalOf(query, asked);
  const span = rounded(asked, now);
  const sum = newBucket();
  const volume = emptyVolume(span, { interval, timeZone });
  for await (const { start, bucket } of bucketsIn(buckets, { span, now })) {
    addToSum(sum, bucket);
    const at = startOf(start, { interval, timeZone });
    volume.set(at, (volume.get(at) ?? 0) + bucket.events);
  }
  const { names, people, events } = sum;
  return {
    totalEvents: events,
    uniqueUsers: people.size,
    eventsPerUser: people.size === 0 ? 0 : round1(events / people.size),
    volumeData: [...volume].map(([at, count]): TimePoint => ({ time: toIso(at), events: count })),
    topEvents: topOf(names, MAX_LISTED),
    eventDistribution: distributionOf(names),
    window: toFromTo({ from: span.from, to: Math.min(span.to, now) }),
    interval,
    uniqueUsersMethod: people.method,
    uniqueUsersError: people.method === "exact" ? 0 : RELATIVE_ERROR,
    generatedAt: toIso(now),
  };
}

interface Moment {
  readonly now: number;
  readonly timeZone: string;
}

/** Nothing lies behind now, so a day that is not over ends there. */
function periodOf({ startDate, endDate }: AnalyticsQuery, { now, timeZone }: Moment): Span {
  const span = parsePeriod(startDate, endDate, { now, timeZone, defaultDays: DEFAULT_DAYS });
  const { from } = span;
  const to = Math.max(from, Math.min(span.to, now));
  if (to - from > MAX_DAYS * DAY_MS) throw tooLong("startDate", `at most ${MAX_DAYS} days`);
  return { from, to };
}

function intervalOf({ interval }: AnalyticsQuery, { from, to }: Span): "hour" | "day" {
  if (interval === "hour" && to - from > MAX_DAYS_IN_HOURS * DAY_MS) {
    throw tooLong("interval", `"day" for more than ${MAX_DAYS_IN_HOURS} days`);
  }
  return interval ?? (to - from > DAYS_SHOWN_IN_HOURS * DAY_MS ? "day" : "hour");
}

function tooLong(field: string, expected: string): AppError {
  return new AppError("VALIDATION_ERROR", "Period is too long", { details: { field, expected } });
}

interface Steps {
  readonly interval: "hour" | "day";
  readonly timeZone: string;
}

/** Every hour of UTC or day of the exhibition, so that gaps are seen as zeros. */
function emptyVolume({ from, to }: Span, steps: Steps): Map<number, number> {
  const volume = new Map<number, number>();
  let at = startOf(from, steps);
  while (at < to) {
    volume.set(at, 0);
    at = steps.interval === "hour" ? at + HOUR_MS : dayOf(at, steps.timeZone).to;
  }
  return volume;
}

function startOf(at: number, { interval, timeZone }: Steps): number {
  return interval === "hour" ? floorTo(at, HOUR_MS) : dayOf(at, timeZone).from;
}
