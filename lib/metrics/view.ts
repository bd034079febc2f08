/**
 * What the metrics say, in the shapes of document 2, section 3, and what is beside them: the
 * windows and the ways of counting. Times are ISO 8601 in UTC. Safe for browsers.
 */

export const DEVICES = ["mobile", "web", "tablet", "kiosk", "unknown"] as const;
export type Device = (typeof DEVICES)[number];

/** One event of the list (E-18). A kiosk is a `tablet` there, what is not known `web` (T-E10). */
export interface LiveEvent {
  readonly id: string;
  readonly eventName: string;
  readonly userId: string;
  readonly country: string;
  readonly device: "mobile" | "web" | "tablet";
  readonly timestamp: string;
  /** As of the moment of sending; pages count on from `timestamp` (T-E03). */
  readonly timeAgo: string;
}

export const WINDOWS = ["5m", "1h", "24h", "today"] as const;
export type WindowName = (typeof WINDOWS)[number];

/** A span of time and the one that it is compared with, half-open (T-E02). */
export interface Window {
  readonly from: string;
  readonly to: string;
  readonly compareFrom: string;
  readonly compareTo: string;
}

/** `none`: there was nothing before, and the change says 0 because there is none to state. */
export type ChangeBasis = "previous" | "none";

export interface PerformanceMetrics {
  /** Milliseconds. */
  readonly avgResponseTime: number;
  /** Percent of the received events that were stored. */
  readonly processingRate: number;
  /** Percent of answers that were our failure and of events that were refused. */
  readonly errorRate: number;
  /** Percent of the minutes of thirty days, or since the first start. */
  readonly uptime: number;
}

export interface TimePoint {
  readonly time: string;
  readonly events: number;
}

export interface NameCount {
  readonly name: string;
  readonly count: number;
}

export interface NameShare {
  readonly name: string;
  readonly value: number;
  /** Of all events of the window, one decimal; all of them make 100 (T-E08). */
  readonly percentage: number;
}

/** What cannot be told from the figures themselves. */
export interface DashboardBasis {
  readonly window: Window & { readonly name: WindowName };
  /** Of the figures that have one of their own. */
  readonly windows: {
    readonly activeUsers: Window;
    readonly eventsPerHour: Window;
    readonly eventVolumeData: { readonly from: string; readonly to: string };
    readonly performance: { readonly from: string; readonly to: string };
    readonly uptime: { readonly from: string; readonly to: string };
  };
  readonly changeBasis: {
    readonly totalEvents: ChangeBasis;
    readonly activeUsers: ChangeBasis;
    readonly eventsPerHour: ChangeBasis;
    readonly conversionRate: ChangeBasis;
  };
  /** What the conversion rate is a share of; its change is in percentage points (T-E05). */
  readonly conversion: {
    readonly of: "attempts_ended" | "events";
    /** Empty for attempts. */
    readonly eventNames: readonly string[];
    readonly converted: number;
    readonly total: number;
  };
  /** Kiosks with a key that sent an event, in the window of `activeUsers` (T-E04). */
  readonly activeKiosks: number;
  readonly activeUsersMethod: "exact" | "hyperloglog";
  /** What the shares of `performanceMetrics` were measured on. */
  readonly measured: { readonly requests: number; readonly receivedEvents: number };
  readonly generatedAt: string;
}

/** `dashboard_data`: document 2, section 3, and its basis. */
export interface MetricsDashboard extends DashboardBasis {
  readonly totalEvents: number;
  /** Changes are percent of the time before, one decimal. */
  readonly totalEventsChange: number;
  readonly activeUsers: number;
  readonly activeUsersChange: number;
  readonly eventsPerHour: number;
  readonly eventsPerHourChange: number;
  readonly conversionRate: number;
  readonly conversionRateChange: number;
  readonly eventVolumeData: readonly TimePoint[];
  readonly topEvents: readonly NameCount[];
  readonly eventDistribution: readonly NameShare[];
  readonly geographicDistribution: readonly { readonly country: string; readonly count: number }[];
  readonly deviceTypes: readonly { readonly device: string; readonly count: number }[];
  readonly topReferrers: readonly { readonly referrer: string; readonly count: number }[];
  readonly performanceMetrics: PerformanceMetrics;
  readonly liveEvents: readonly LiveEvent[];
}

/** Answer of `analytics:get` and `GET /api/metrics/analytics` (E-19), and its basis. */
export interface AnalyticsData {
  readonly totalEvents: number;
  readonly uniqueUsers: number;
  readonly eventsPerUser: number;
  readonly volumeData: readonly TimePoint[];
  readonly topEvents: readonly NameCount[];
  readonly eventDistribution: readonly NameShare[];
  /** What was counted: asked for, and rounded outwards to whole minutes, or hours where old. */
  readonly window: { readonly from: string; readonly to: string };
  readonly interval: "hour" | "day";
  readonly uniqueUsersMethod: "exact" | "hyperloglog";
  /** Standard error as a share of the true number; 0 for an exact one. */
  readonly uniqueUsersError: number;
  readonly generatedAt: string;
}

/** `2s ago`, `5m ago`, `3h ago`, `2d ago`. */
export function timeAgo(atMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((nowMs - atMs) / 1000));
  if (seconds < 60) return `${seconds}s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)}h ago`;
  return `${Math.floor(seconds / 86_400)}d ago`;
}

/** Events of the list, newest first. */
export const MAX_LIVE_EVENTS = 50;

/** The named server-sent events of `/admin/metrics`, as a Socket.IO client gets them too. */
export interface MetricsMessages {
  readonly dashboard_data: MetricsDashboard;
  /** Oldest first. */
  readonly events: readonly LiveEvent[];
}

/** The dashboard with events that came after it; its figures follow with the next one. */
export function withNewEvents(
  dashboard: MetricsDashboard,
  events: readonly LiveEvent[],
): MetricsDashboard {
  const known = new Set(dashboard.liveEvents.map(({ id }) => id));
  const fresh = events.filter(({ id }) => !known.has(id)).reverse();
  const liveEvents = [...fresh, ...dashboard.liveEvents].slice(0, MAX_LIVE_EVENTS);
  return { ...dashboard, liveEvents };
}

/** Whether a figure or the list differs; that time went on alone is no change (T-E13). */
export function dashboardChanged(before: MetricsDashboard, after: MetricsDashboard): boolean {
  return figuresOf(before) !== figuresOf(after);
}

function figuresOf(dashboard: MetricsDashboard): string {
  const { window, windows: _windows, generatedAt: _at, liveEvents, ...figures } = dashboard;
  return JSON.stringify([window.name, liveEvents.map(({ id }) => id), figures]);
}
