import type { ApiKey } from "../../lib/auth/api_keys.ts";
import type { AuditEntry } from "../../lib/audit/mod.ts";
import type { LiveEvent, MetricsDashboard, Window } from "../../lib/metrics/view.ts";
import { NOW } from "./missions.ts";

const HOUR_MS = 3_600_000;
const iso = (at: number) => new Date(at).toISOString();

function span(ms: number): Window {
  return {
    from: iso(NOW - ms),
    to: iso(NOW),
    compareFrom: iso(NOW - 2 * ms),
    compareTo: iso(NOW - ms),
  };
}

const VOLUME = [
  4,
  2,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  11,
  38,
  52,
  61,
  47,
  55,
  80,
  92,
  88,
  64,
  41,
  18,
  9,
  27,
];
const NAMES = ["page_view", "button_clicked", "login", "portfolio_creation_step", "구매 완료"];

/** A made-up event; the higher the number, the newer. */
export function metricsEventAt(n: number): LiveEvent {
  const devices = ["tablet", "web", "mobile"] as const;
  return {
    id: `evt_${n}`,
    eventName: NAMES[n % NAMES.length],
    userId: n % 4 === 0
      ? "anonymous"
      : n % 3 === 0
      ? "550e8400-e29b-41d4-a716-446655440000"
      : `user_${n % 17}`,
    country: ["KR", "US", "unknown"][n % 3],
    device: devices[n % devices.length],
    timestamp: iso(NOW - (60 - n) * 7_000),
    timeAgo: `${(60 - n) * 7}s ago`,
  };
}

/** Roughly the numbers of document 2, whose shares do not add up and are mended here. */
export const DASHBOARD: MetricsDashboard = {
  totalEvents: 12_345,
  totalEventsChange: 2.5,
  activeUsers: 120,
  activeUsersChange: -1.2,
  eventsPerHour: 300,
  eventsPerHourChange: 0.8,
  conversionRate: 62.5,
  conversionRateChange: 0.3,
  eventVolumeData: VOLUME.map((events, i) => ({
    time: iso(Math.floor(NOW / HOUR_MS) * HOUR_MS - (VOLUME.length - 1 - i) * HOUR_MS),
    events,
  })),
  topEvents: [
    { name: "page_view", count: 5_210 },
    { name: "button_clicked", count: 2_844 },
    { name: "portfolio_creation_step", count: 1_102 },
    { name: "login", count: 500 },
    { name: "구매 완료", count: 120 },
  ],
  eventDistribution: [
    { name: "page_view", value: 5_210, percentage: 42.2 },
    { name: "button_clicked", value: 2_844, percentage: 23 },
    { name: "portfolio_creation_step", value: 1_102, percentage: 8.9 },
    { name: "login", value: 500, percentage: 4.1 },
    { name: "구매 완료", value: 120, percentage: 1 },
    { name: "other", value: 2_569, percentage: 20.8 },
  ],
  geographicDistribution: [
    { country: "KR", count: 8_120 },
    { country: "US", count: 640 },
    { country: "EG", count: 40 },
    { country: "unknown", count: 3_545 },
  ],
  deviceTypes: [
    { device: "kiosk", count: 8_001 },
    { device: "mobile", count: 2_104 },
    { device: "web", count: 1_900 },
    { device: "tablet", count: 240 },
    { device: "unknown", count: 100 },
  ],
  topReferrers: [
    { referrer: "direct", count: 11_000 },
    { referrer: "google.com", count: 900 },
    { referrer: "a-very-long-host-name.of-a-partner.example", count: 445 },
  ],
  performanceMetrics: {
    avgResponseTime: 12.4,
    processingRate: 99.5,
    errorRate: 0.2,
    uptime: 99.99,
  },
  liveEvents: Array.from({ length: 12 }, (_, i) => metricsEventAt(59 - i)),
  window: { name: "today", ...span(10 * HOUR_MS) },
  windows: {
    activeUsers: span(HOUR_MS / 12),
    eventsPerHour: span(HOUR_MS),
    eventVolumeData: { from: iso(NOW - 24 * HOUR_MS), to: iso(NOW) },
    performance: { from: iso(NOW - HOUR_MS), to: iso(NOW) },
    uptime: { from: iso(NOW - 30 * 24 * HOUR_MS), to: iso(NOW) },
  },
  changeBasis: {
    totalEvents: "previous",
    activeUsers: "previous",
    eventsPerHour: "previous",
    conversionRate: "previous",
  },
  conversion: { of: "attempts_ended", eventNames: [], converted: 25, total: 40 },
  activeKiosks: 5,
  activeUsersMethod: "exact",
  measured: { requests: 1_204, receivedEvents: 3_001 },
  generatedAt: iso(NOW),
};

/** A server that has just been started for the first time. */
export const NO_EVENTS: MetricsDashboard = {
  ...DASHBOARD,
  totalEvents: 0,
  totalEventsChange: 0,
  activeUsers: 0,
  activeUsersChange: 0,
  eventsPerHour: 0,
  eventsPerHourChange: 0,
  conversionRate: 0,
  conversionRateChange: 0,
  eventVolumeData: DASHBOARD.eventVolumeData.map(({ time }) => ({ time, events: 0 })),
  topEvents: [],
  eventDistribution: [],
  geographicDistribution: [],
  deviceTypes: [],
  topReferrers: [],
  performanceMetrics: { avgResponseTime: 0, processingRate: 100, errorRate: 0, uptime: 100 },
  liveEvents: [],
  changeBasis: {
    totalEvents: "none",
    activeUsers: "none",
    eventsPerHour: "none",
    conversionRate: "none",
  },
  conversion: { of: "attempts_ended", eventNames: [], converted: 0, total: 0 },
  activeKiosks: 0,
  measured: { requests: 0, receivedEvents: 0 },
};

export const KEYS: readonly ApiKey[] = [
  {
    keyId: "key_3",
    name: "웹 쇼핑몰",
    scopes: ["events:write"],
    ending: "x7Qa",
    createdAt: NOW - 3 * HOUR_MS,
    createdBy: "operator",
    revokedAt: null,
    lastUsedAt: NOW - 40_000,
  },
  {
    keyId: "key_2",
    name: "Wall in the foyer",
    scopes: ["events:write", "metrics:read"],
    ending: "9-bT",
    createdAt: NOW - 50 * HOUR_MS,
    createdBy: "admin",
    revokedAt: null,
    lastUsedAt: null,
  },
  {
    keyId: "key_1",
    name: "Old test",
    scopes: ["metrics:read"],
    ending: "00_A",
    createdAt: NOW - 400 * HOUR_MS,
    createdBy: "admin",
    revokedAt: NOW - 300 * HOUR_MS,
    lastUsedAt: NOW - 310 * HOUR_MS,
  },
];

const DEEDS = [
  ["api_key.created", "key_1737250800000000000003"],
  ["attempt.excluded", "attempt_1737250000000000000017"],
  ["annotation.created", "ann_1737249000000000000004"],
  ["facts.imported", ""],
] as const;

export const ENTRIES: readonly AuditEntry[] = DEEDS.map(([action, target], i) => ({
  auditId: `audit_${i}`,
  at: NOW - i * HOUR_MS,
  by: i % 2 === 0 ? "operator" : "admin",
  action,
  target,
}));
