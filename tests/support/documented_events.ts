/** One event of the source document: seconds after the start, type, payload. */
export type Documented = readonly [atSec: number, eventType: string, data: Record<string, unknown>];

/** The timeline of the source document's detail view; the times told do not equal the gaps. */
export const SAMPLE_TIMELINE: readonly Documented[] = [
  [0, "mission_started", { missionId: "portfolio", missionName: "포트폴리오 제작 미션" }],
  [5, "page_view", { url: "/portfolio/create/auto", pageName: "AutoCreate Step 1" }],
  [15, "portfolio_creation_step", { step: 1, timeOnStep: 10.3 }],
  [25, "portfolio_creation_step", { step: 2, timeOnStep: 8.5 }],
  [105, "portfolio_creation_step", { step: 3, timeOnStep: 35.4 }],
  [150, "portfolio_creation_step", { step: 4, timeOnStep: 15.2 }],
  [180, "portfolio_creation_step", { step: 5, timeOnStep: 8.1 }],
  [185, "portfolio_created", { portfolioId: "p-1" }],
  [185, "mission_complete_modal_shown", { missionId: "portfolio", timeFromMissionStart: 185 }],
  [360, "mission_rating_submitted", { missionId: "portfolio", rating: 4, ratingText: "쉬움" }],
  [390, "mission_completed", { missionId: "portfolio", totalDuration: 390, wasQuitted: false }],
];

const MISSION = { missionId: "portfolio", missionName: "포트폴리오 제작 미션" };
const CARD = { cardId: "card-7", cardTitle: "ETF" };

/** The twelve mission events, with the fields that real clients send; the last two end it. */
export const MISSION_EVENTS: readonly Documented[] = [
  [0, "mission_started", MISSION],
  [5, "page_view", {
    url: "/portfolio/create/auto",
    pageName: "AutoCreate Step 1",
    referrer: "/portfolio/create/method",
    timeOnPreviousPage: 5.123,
    page: "/portfolio/create/auto",
    duration: 5123,
    scrollDepth: 80,
  }],
  [15, "portfolio_creation_step", {
    step: 3,
    stepName: "weight_adjustment",
    portfolioItems: [
      { etfId: "069500", etfName: "KODEX 200", initialWeight: 50, finalWeight: 40.5 },
    ],
    totalWeight: 100,
    adjustmentCount: 2,
    timeOnStep: 10.333,
  }],
  [20, "portfolio_created", {
    portfolioId: "p-1",
    portfolioName: "나의 포트폴리오 🚀",
    riskType: "neutral",
    investmentStyle: "growth",
    targetProfitPercentage: 7.5,
    etfCount: 3,
    totalCreationTime: 20,
    createdAt: "2025-01-19T10:30:20.000Z",
  }],
  [21, "vocabulary_card_clicked", {
    ...CARD,
    isLocked: false,
    currentTab: "all",
    sortOrder: "asc",
    obtainedCount: 1,
    totalCount: 30,
    timeOnPage: 4.2,
  }],
  [22, "vocabulary_detail_viewed", {
    ...CARD,
    cardDescription: "상장지수펀드",
    isActiveMission: true,
    willStartCountdown: true,
    openedVia: "vocabulary_card",
  }],
  [23, "vocabulary_countdown_tick", { cardId: "card-7", countdown: 2, elapsedTime: 1 }],
  [25, "vocabulary_countdown_complete", {
    ...CARD,
    totalViewDuration: 3,
    completedAt: "2025-01-19T10:30:25.000Z",
  }],
  [26, "mission_complete_modal_shown", { ...MISSION, timeFromMissionStart: 26 }],
  [40, "mission_rating_submitted", {
    ...MISSION,
    rating: 4,
    ratingText: "쉬움",
    feedback: "처음에는 어려웠지만 따라하기 쉬웠어요",
    hasFeedback: true,
    feedbackLength: 21,
    timeOnRatingPage: 14,
  }],
  [45, "mission_completed", {
    ...MISSION,
    totalDuration: 45,
    completedAt: "2025-01-19T10:30:45.000Z",
    wasQuitted: false,
    rating: 4,
    hasFeedback: true,
  }],
  [45, "mission_quitted", {
    ...MISSION,
    quitAtStep: 2,
    quitAtUrl: "/portfolio/create/auto/step2",
    quitAtPageName: "AutoCreate Step 2",
    timeBeforeQuit: 45,
    feedback: null,
    hasFeedback: false,
    feedbackLength: 0,
    quitButtonExpandTime: 1.5,
  }],
];

const GENERAL = { page: "/home", isMissionRelevant: false };

/** The seven general events with their documented fields. */
export const GENERAL_EVENTS: readonly Documented[] = [
  [6, "button_clicked", { buttonText: "바로 시작", variant: "primary", ...GENERAL }],
  [7, "navigation_clicked", {
    navType: "bottom_nav",
    from: "/home",
    to: "/vocabulary",
    tabName: "단어장",
    isMissionRelevant: false,
  }],
  [8, "input_interaction", { inputId: "name", action: "blur", inputLength: 4, ...GENERAL }],
  [9, "card_clicked", { cardType: "etf", cardId: "069500", cardTitle: "KODEX 200", ...GENERAL }],
  [10, "modal_interaction", { modalType: "term", action: "open", modalId: "m-1", ...GENERAL }],
  [11, "search_performed", { searchQuery: "배당", queryLength: 2, resultCount: 12, ...GENERAL }],
  [12, "bookmark_toggled", { itemType: "etf", itemId: "069500", action: "add", ...GENERAL }],
];
