import { z } from "@hono/zod-openapi";
import { WINDOWS } from "../../lib/metrics/view.ts";

/** What the metrics routes take and give, as OpenAPI describes it (document 2, section 3). */

const isoTime = z.iso.datetime().openapi({ example: "2025-08-09T10:00:00.000Z" });
const span = z.object({ from: isoTime, to: isoTime });
const window = span.extend({ compareFrom: isoTime, compareTo: isoTime });
const basis = z.enum(["previous", "none"]);
const method = z.enum(["exact", "hyperloglog"]);
const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();
const volume = list(z.object({ time: isoTime, events: z.number() }));
const names = list(z.object({ name: z.string(), count: z.number() }));
const shares = list(
  z.object({ name: z.string(), value: z.number(), percentage: z.number() }),
);

export const dashboardQuery = z.object({
  window: z.enum(WINDOWS).default("today"),
});

export const dashboardSchema = z.object({
  totalEvents: z.number(),
  totalEventsChange: z.number(),
  activeUsers: z.number(),
  activeUsersChange: z.number(),
  eventsPerHour: z.number(),
  eventsPerHourChange: z.number(),
  conversionRate: z.number(),
  conversionRateChange: z.number(),
  eventVolumeData: volume,
  topEvents: names,
  eventDistribution: shares,
  geographicDistribution: list(z.object({ country: z.string(), count: z.number() })),
  deviceTypes: list(z.object({ device: z.string(), count: z.number() })),
  topReferrers: list(z.object({ referrer: z.string(), count: z.number() })),
  performanceMetrics: z.object({
    avgResponseTime: z.number(),
    processingRate: z.number(),
    errorRate: z.number(),
    uptime: z.number(),
  }),
  liveEvents: list(z.object({
    id: z.string(),
    eventName: z.string(),
    userId: z.string(),
    country: z.string(),
    device: z.enum(["mobile", "web", "tablet"]),
    timestamp: isoTime,
    timeAgo: z.string(),
  })),
  window: window.extend({ name: z.enum(WINDOWS) }),
  windows: z.object({
    activeUsers: window,
    eventsPerHour: window,
    eventVolumeData: span,
    performance: span,
    uptime: span,
  }),
  changeBasis: z.object({
    totalEvents: basis,
    activeUsers: basis,
    eventsPerHour: basis,
    conversionRate: basis,
  }),
  conversion: z.object({
    of: z.enum(["attempts_ended", "events"]),
    eventNames: list(z.string()),
    converted: z.number(),
    total: z.number(),
  }),
  activeKiosks: z.number(),
  activeUsersMethod: method,
  measured: z.object({ requests: z.number(), receivedEvents: z.number() }),
  generatedAt: isoTime,
}).openapi("MetricsDashboard");

export const metricsAnalyticsSchema = z.object({
  totalEvents: z.number(),
  uniqueUsers: z.number(),
  eventsPerUser: z.number(),
  volumeData: volume,
  topEvents: names,
  eventDistribution: shares,
  window: span,
  interval: z.enum(["hour", "day"]),
  uniqueUsersMethod: method,
  uniqueUsersError: z.number(),
  generatedAt: isoTime,
}).openapi("AnalyticsData");
