import { z } from "zod";

/** Document 2, section 3, in full: no key of it may be missing, and every number is one. */
const count = z.int().nonnegative();
const number = z.number();
const percent = z.number().min(0).max(100);
const isoTime = z.iso.datetime({ precision: 3 });

const span = z.strictObject({ from: isoTime, to: isoTime });
const window = span.extend({ compareFrom: isoTime, compareTo: isoTime });
const basis = z.enum(["previous", "none"]);
const volume = z.array(z.strictObject({ time: isoTime, events: count }));
const names = z.array(z.strictObject({ name: z.string().min(1), count }));
const shares = z.array(
  z.strictObject({ name: z.string().min(1), value: count, percentage: percent }),
);

export const liveEventContract = z.strictObject({
  id: z.string().min(1),
  eventName: z.string().min(1),
  userId: z.string().min(1),
  country: z.string().regex(/^([A-Z]{2}|unknown)$/),
  device: z.enum(["mobile", "web", "tablet"]),
  timestamp: isoTime,
  timeAgo: z.string().regex(/^\d+[smhd] ago$/),
});

/** `dashboard_data`, with the basis that is beside the document's keys. */
export const dashboardContract = z.strictObject({
  totalEvents: count,
  totalEventsChange: number,
  activeUsers: count,
  activeUsersChange: number,
  eventsPerHour: count,
  eventsPerHourChange: number,
  conversionRate: percent,
  conversionRateChange: number,
  eventVolumeData: volume.length(24),
  topEvents: names.max(10),
  eventDistribution: shares.max(11),
  geographicDistribution: z.array(z.strictObject({ country: z.string(), count })),
  deviceTypes: z.array(z.strictObject({ device: z.string(), count })),
  topReferrers: z.array(z.strictObject({ referrer: z.string(), count })),
  performanceMetrics: z.strictObject({
    avgResponseTime: z.number().nonnegative(),
    processingRate: percent,
    errorRate: percent,
    uptime: percent,
  }),
  liveEvents: z.array(liveEventContract).max(50),
  window: window.extend({ name: z.enum(["5m", "1h", "24h", "today"]) }),
  windows: z.strictObject({
    activeUsers: window,
    eventsPerHour: window,
    eventVolumeData: span,
    performance: span,
    uptime: span,
  }),
  changeBasis: z.strictObject({
    totalEvents: basis,
    activeUsers: basis,
    eventsPerHour: basis,
    conversionRate: basis,
  }),
  conversion: z.strictObject({
    of: z.enum(["attempts_ended", "events"]),
    eventNames: z.array(z.string()),
    converted: count,
    total: count,
  }),
  activeKiosks: count,
  activeUsersMethod: z.enum(["exact", "hyperloglog"]),
  measured: z.strictObject({ requests: count, receivedEvents: count }),
  generatedAt: isoTime,
});

/** `AnalyticsData`, with its basis. */
export const analyticsContract = z.strictObject({
  totalEvents: count,
  uniqueUsers: count,
  eventsPerUser: z.number().nonnegative(),
  volumeData: volume,
  topEvents: names.max(10),
  eventDistribution: shares.max(11),
  window: span,
  interval: z.enum(["hour", "day"]),
  uniqueUsersMethod: z.enum(["exact", "hyperloglog"]),
  uniqueUsersError: z.number().min(0).max(0.02),
  generatedAt: isoTime,
});
