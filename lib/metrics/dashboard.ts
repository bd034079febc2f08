import { toIso } from "../clock.ts";
import type { Measured } from "../recent_work.ts";
import type { Span } from "../time_zone.ts";
import { addCounts, addToSum, type Bucket } from "./bucket.ts";
import { type BucketStore, HOUR_MS } from "./bucket_store.ts";
import { sumSpan } from "./cover.ts";
import { type Change, changeOf, distributionOf, MAX_LISTED, percentOf, round1 } from "./figures.ts";
import { topOf } from "./tally.ts";
import type {
  LiveEvent,
  MetricsDashboard,
  PerformanceMetrics,
  TimePoint,
  WindowName,
} from "./view.ts";
import {
  type Comparison,
  lastMinutes,
  toFromTo,
  toWindow,
  volumeHours,
  windowOf,
} from "./windows.ts";

/** Attempts that ended in a span, and those of them that were completed. */
export interface Conversion {
  readonly converted: number;
  readonly total: number;
}

export interface DashboardDeps {
  readonly buckets: BucketStore;
  /** IANA name; `today` begins there. */
  readonly timeZone: string;
  /** Names of events that are conversions; attempts are counted where there are none. */
  readonly conversionEvents: readonly string[];
  readonly attemptsEnded: (span: Span) => Promise<Conversion>;
  /** What the server observed of itself. */
  readonly measured: () => Measured;
  readonly uptime: { percent(): number; span(): Span };
  readonly liveEvents: (now: number) => readonly LiveEvent[];
}

/** How long somebody is active after an event, and over which an hourly rate is counted, minutes. */
const ACTIVE_MINUTES = 5;
const RATE_MINUTES = 60;

type Adding = typeof addToSum;

interface Compared {
  readonly comparison: Comparison;
  readonly now: Bucket;
  readonly before: Bucket;
}

/** What was counted in the spans of a window, and in those before them. */
interface Sums {
  readonly whole: Compared;
  readonly active: Compared;
  readonly hour: Compared;
}

/** The whole of `dashboard_data` (E-07 to E-18), as of a moment. */
export async function computeDashboard(
  deps: DashboardDeps,
  { name, now }: { readonly name: WindowName; readonly now: number },
): Promise<MetricsDashboard> {
  const sums = await sumsOf(deps, { name, now });
  const { whole, active } = sums;
  const conversion = await conversionOf(deps, whole);
  const measured = deps.measured();
  return {
    ...figuresOf(sums, conversion),
    eventVolumeData: await volumeOf(deps.buckets, now),
    ...listsOf(whole.now),
    performanceMetrics: performanceOf(measured, deps.uptime.percent()),
    liveEvents: deps.liveEvents(now),
    window: { name, ...toWindow(whole.comparison) },
    windows: {
      activeUsers: toWindow(active.comparison),
      eventsPerHour: toWindow(sums.hour.comparison),
      eventVolumeData: toFromTo(volumeHours(now)),
      performance: toFromTo({ from: measured.from, to: now }),
      uptime: toFromTo(deps.uptime.span()),
    },
    conversion: {
      of: deps.conversionEvents.length === 0 ? "attempts_ended" : "events",
      eventNames: deps.conversionEvents,
      ...conversion.now,
    },
    activeKiosks: active.now.kiosks.counts.size,
    activeUsersMethod: active.now.people.method,
    measured: { requests: measured.requests, receivedEvents: measured.received },
    generatedAt: toIso(now),
  };
}

async function sumsOf(
  { buckets, timeZone }: DashboardDeps,
  { name, now }: { readonly name: WindowName; readonly now: number },
): Promise<Sums> {
  const sumBoth = async (comparison: Comparison, add: Adding): Promise<Compared> => ({
    comparison,
    now: await sumSpan(buckets, { span: comparison.now, now, add }),
    before: await sumSpan(buckets, { span: comparison.before, now, add }),
  });
  return {
    whole: await sumBoth(windowOf(name, { now, timeZone }), addCounts),
    active: await sumBoth(lastMinutes(ACTIVE_MINUTES, now), addToSum),
    hour: await sumBoth(lastMinutes(RATE_MINUTES, now), addCounts),
  };
}

/** The four figures, how they changed, and what they are changes from. */
function figuresOf(
  { whole, active, hour }: Sums,
  conversion: { readonly now: Conversion; readonly change: Change },
) {
  const total = changeOf(whole.now.events, whole.before.events);
  const users = changeOf(active.now.people.size, active.before.people.size);
  const rate = changeOf(hour.now.events, hour.before.events);
  return {
    totalEvents: whole.now.events,
    totalEventsChange: total.value,
    activeUsers: active.now.people.size,
    activeUsersChange: users.value,
    eventsPerHour: hour.now.events,
    eventsPerHourChange: rate.value,
    conversionRate: percentOf(conversion.now.converted, conversion.now.total),
    conversionRateChange: conversion.change.value,
    changeBasis: {
      totalEvents: total.basis,
      activeUsers: users.basis,
      eventsPerHour: rate.basis,
      conversionRate: conversion.change.basis,
    },
  };
}

function listsOf({ names, countries, devices, referrers }: Bucket) {
  return {
    topEvents: topOf(names, MAX_LISTED),
    eventDistribution: distributionOf(names),
    geographicDistribution: topOf(countries, MAX_LISTED)
      .map(({ name, count }) => ({ country: name, count })),
    deviceTypes: topOf(devices, MAX_LISTED).map(({ name, count }) => ({ device: name, count })),
    topReferrers: topOf(referrers, MAX_LISTED)
      .map(({ name, count }) => ({ referrer: name, count })),
  };
}

async function volumeOf(buckets: BucketStore, now: number): Promise<TimePoint[]> {
  const span = volumeHours(now);
  const found = await buckets.read("hour", span);
  const points: TimePoint[] = [];
  for (let at = span.from; at < span.to; at += HOUR_MS) {
    points.push({ time: toIso(at), events: found.get(at)?.bucket.events ?? 0 });
  }
  return points;
}

/** The share now, and by how many points it differs from the one before (T-E05). */
async function conversionOf(
  deps: DashboardDeps,
  { comparison, now, before }: Compared,
): Promise<{ readonly now: Conversion; readonly change: Change }> {
  const { conversionEvents, attemptsEnded } = deps;
  const isOfAttempts = conversionEvents.length === 0;
  const first = isOfAttempts
    ? await attemptsEnded(comparison.before)
    : eventsConverted(before, conversionEvents);
  const second = isOfAttempts
    // What ends now belongs to it.
    ? await attemptsEnded({ ...comparison.now, to: comparison.now.to + 1 })
    : eventsConverted(now, conversionEvents);
  if (first.total === 0) return { now: second, change: { value: 0, basis: "none" } };
  const points = second.total === 0
    ? 0
    : (second.converted / second.total - first.converted / first.total) * 100;
  return { now: second, change: { value: round1(points), basis: "previous" } };
}

function eventsConverted({ names, events }: Bucket, conversions: readonly string[]): Conversion {
  const converted = conversions.reduce((sum, name) => sum + (names.counts.get(name) ?? 0), 0);
  return { converted, total: events };
}

function performanceOf(measured: Measured, uptime: number): PerformanceMetrics {
  const { requests, responseMs, failures, received, refused } = measured;
  return {
    avgResponseTime: requests === 0 ? 0 : round1(responseMs / requests),
    // Of no events none was lost.
    processingRate: received === 0 ? 100 : percentOf(received - refused, received),
    errorRate: percentOf(failures + refused, requests + received),
    uptime,
  };
}
