import { eventFacts } from "../../lib/missions/event_facts.ts";
import type {
  AttemptDetailView,
  AttemptListRow,
  AttemptListView,
  AttemptStatus,
  TimelineEvent,
  TimelineItem,
} from "../../lib/missions/view.ts";
import { MISSIONS, NOW, PORTFOLIO } from "./missions.ts";

const STATUSES: readonly AttemptStatus[] = [
  "in_progress",
  "completed",
  "completed",
  "quitted",
  "completed",
  "expired",
  "completed",
  "pending",
];

function rowAt(index: number): AttemptListRow {
  const status = STATUSES[index % STATUSES.length];
  const ended = status === "completed" || status === "quitted";
  const startAt = NOW - index * 187_000;
  return {
    attemptId: `attempt_${startAt}${493_817_207 - index * 7}`,
    mission: MISSIONS[index % 3 === 1 ? 1 : 0],
    status,
    startTime: new Date(startAt).toISOString(),
    totalSeconds: ended ? 14.2 + (index * 53.7) % 400 : null,
    rating: status === "completed" ? 1 + (index * 3) % 5 : null,
  };
}

export const ATTEMPTS: AttemptListView = {
  missions: MISSIONS,
  filter: { missionType: "all", status: "all" },
  sortBy: "startTime",
  order: "desc",
  total: 1_250,
  limit: 20,
  offset: 20,
  before: null,
  after: null,
  rows: Array.from({ length: 20 }, (_, index) => rowAt(index)),
};

export const NO_ATTEMPTS: AttemptListView = { ...ATTEMPTS, total: 0, offset: 0, rows: [] };

const START = Date.parse("2025-01-19T01:30:00.000Z");

interface Moment extends Partial<TimelineEvent> {
  readonly after: number;
  readonly data?: Record<string, unknown>;
}

function moment(eventType: string, { after, data = {}, ...change }: Moment): TimelineEvent {
  return {
    kind: "event",
    eventId: `event_${START + after * 1000}${eventType.length}${change.isDuplicate ? 1 : 0}`,
    eventType,
    at: new Date(START + after * 1000).toISOString(),
    sinceStartSeconds: after,
    isMissionRelevant: true,
    facts: eventFacts({ eventType, data }),
    step: null,
    delivery: "live",
    isDuplicate: false,
    ...change,
  };
}

function step(number: number, after: number, reported: number, measured: number, change = {}) {
  return moment("portfolio_creation_step", {
    after,
    data: { step: number, timeOnStep: reported },
    step: { reportedSeconds: reported, measuredSeconds: measured },
    ...change,
  });
}

/** The timeline of the source document, with what it leaves out: a gap, a repeat, other clicks. */
const TIMELINE: readonly TimelineItem[] = [
  moment("mission_started", { after: 0 }),
  moment("page_view", { after: 5, data: { url: "/portfolio/create/auto" } }),
  step(1, 15, 10.3, 10.3),
  step(2, 25, 8.5, 10),
  moment("button_clicked", { after: 31, data: { buttonText: "다음" }, isMissionRelevant: false }),
  {
    kind: "offline",
    from: new Date(START + 40_000).toISOString(),
    to: new Date(START + 101_000).toISOString(),
    seconds: 61,
    eventCount: 1,
  },
  step(3, 105, 35.4, 80, { delivery: "queued" }),
  step(4, 150, 15.2, 45),
  step(5, 180, 8.1, 30),
  moment("portfolio_created", { after: 185, data: { etfCount: 5 } }),
  moment("mission_complete_modal_shown", { after: 185, data: { timeFromMissionStart: 185 } }),
  moment("mission_rating_submitted", { after: 360, data: { rating: 4 } }),
  moment("mission_completed", { after: 390, data: { totalDuration: 390 } }),
  moment("mission_completed", { after: 391, data: { totalDuration: 391 }, isDuplicate: true }),
];

export const ATTEMPT: AttemptDetailView = {
  attemptId: "attempt_1737285000000493817207",
  sessionId: "550e8400-e29b-41d4-a716-446655440000",
  kioskId: "kiosk_hall-a-2",
  mission: PORTFOLIO,
  status: "completed",
  startTime: new Date(START).toISOString(),
  endTime: new Date(START + 390_000).toISOString(),
  totalSeconds: 390,
  taskSeconds: 185,
  activeSeconds: 141.6,
  reportedSeconds: 391.4,
  path: null,
  leftAtRating: false,
  duplicateTerminals: 1,
  review: {
    rating: 4,
    feedback: "처음에는 어려웠지만 따라하기 쉬웠어요 <script>alert(1)</script>",
    submittedAt: new Date(START + 360_000).toISOString(),
  },
  eventCount: 45,
  eventsRemovedAt: null,
  timeline: TIMELINE,
  moreHref: "/admin/attempts/attempt_1737285000000493817207?after=45",
};

export const BARE_ATTEMPT: AttemptDetailView = {
  ...ATTEMPT,
  status: "pending",
  kioskId: null,
  endTime: null,
  totalSeconds: null,
  taskSeconds: null,
  activeSeconds: null,
  reportedSeconds: null,
  duplicateTerminals: 0,
  review: null,
  eventCount: 0,
  timeline: [],
  moreHref: null,
};
