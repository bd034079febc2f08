import { eventFacts } from "../../lib/missions/event_facts.ts";
import type { LiveEvent, LiveSnapshot, MissionLabel, Overview } from "../../lib/missions/view.ts";

/** Made-up visitors for looking at pages; the day is that of the source document. */
export const NOW = Date.parse("2025-01-19T01:40:00.000Z");

export const PORTFOLIO: MissionLabel = {
  missionType: "portfolio",
  name: { ko: "포트폴리오 제작 미션", en: "Build a portfolio" },
};
export const VOCABULARY: MissionLabel = {
  missionType: "vocabulary",
  name: { ko: "단어카드 열람 미션", en: "Open a word card" },
};
export const MISSIONS = [PORTFOLIO, VOCABULARY];

export const OVERVIEW: Overview = {
  asOf: new Date(NOW).toISOString(),
  activeConnections: 5,
  inProgress: 3,
  completedToday: 25,
  quitToday: 3,
  load: "low",
  missions: [
    {
      ...PORTFOLIO,
      inProgress: 2,
      completed: 15,
      quit: 2,
      expired: 1,
      avgSeconds: 85.4,
      avgRating: 3.8,
    },
    {
      ...VOCABULARY,
      inProgress: 1,
      completed: 10,
      quit: 1,
      expired: 0,
      avgSeconds: 14.2,
      avgRating: 4.2,
    },
  ],
};

export const QUIET_OVERVIEW: Overview = {
  ...OVERVIEW,
  activeConnections: 0,
  inProgress: 0,
  completedToday: 0,
  quitToday: 0,
  missions: MISSIONS.map((label) => ({
    ...label,
    inProgress: 0,
    completed: 0,
    quit: 0,
    expired: 0,
    avgSeconds: null,
    avgRating: null,
  })),
};

interface Happening {
  readonly mission: MissionLabel;
  readonly eventType: string;
  readonly data: Record<string, unknown>;
  readonly isGeneral?: boolean;
  readonly path?: number;
}

/** One of each kind, in an order that a hall could show. */
const HAPPENINGS: readonly Happening[] = [
  {
    mission: PORTFOLIO,
    eventType: "portfolio_creation_step",
    data: { step: 3, timeOnStep: 12.5 },
  },
  {
    mission: VOCABULARY,
    eventType: "vocabulary_card_clicked",
    data: { cardTitle: "ETF" },
    path: 2,
  },
  { mission: PORTFOLIO, eventType: "mission_quitted", data: { quitAtStep: 2, timeBeforeQuit: 45 } },
  { mission: VOCABULARY, eventType: "mission_rating_submitted", data: { rating: 5 } },
  {
    mission: PORTFOLIO,
    eventType: "search_performed",
    data: { searchQuery: "secret", resultCount: 4 },
    isGeneral: true,
  },
  { mission: PORTFOLIO, eventType: "page_view", data: { url: "/portfolio/create/auto/step4?x=1" } },
  {
    mission: VOCABULARY,
    eventType: "vocabulary_detail_viewed",
    data: { cardTitle: "분산 투자와 <b>장기 투자</b>의 차이를 설명하는 아주 긴 제목의 카드" },
    path: 1,
  },
  { mission: VOCABULARY, eventType: "vocabulary_countdown_tick", data: { countdown: 2 } },
  {
    mission: PORTFOLIO,
    eventType: "button_clicked",
    data: { buttonText: "다음" },
    isGeneral: true,
  },
  { mission: PORTFOLIO, eventType: "portfolio_created", data: { etfCount: 5 } },
  { mission: PORTFOLIO, eventType: "mission_completed", data: { totalDuration: 85.4 } },
  { mission: VOCABULARY, eventType: "mission_started", data: {} },
  { mission: VOCABULARY, eventType: "section_viewed", data: {}, isGeneral: true },
  { mission: PORTFOLIO, eventType: "navigation_clicked", data: { to: "/home" }, isGeneral: true },
];

/** The event at a position of the made-up log; events come some seconds apart. */
export function liveEventAt(position: number): LiveEvent {
  const happening = HAPPENINGS[position % HAPPENINGS.length];
  const at = NOW - (100 - position) * 4_300;
  return {
    position,
    attemptId: `attempt_${1737250000000 + (position % 5) * 61_013}${
      493_817_207 + (position % 5) * 13
    }`,
    missionType: happening.mission.missionType,
    eventType: happening.eventType,
    timestamp: new Date(at).toISOString(),
    receivedAt: new Date(at + 120).toISOString(),
    isMissionRelevant: !happening.isGeneral,
    facts: eventFacts({ ...happening, path: happening.path ?? null }),
  };
}

/** Newest first, the newest at `position`. */
export function recentEvents(position: number, count: number): readonly LiveEvent[] {
  return Array.from({ length: count }, (_, index) => liveEventAt(position - index));
}

export function snapshotAt(position: number): LiveSnapshot {
  return {
    epoch: "gallery",
    position,
    overview: OVERVIEW,
    recent: recentEvents(position, 40),
    recentSince: position - 40,
  };
}
