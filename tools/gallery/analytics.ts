import type { AnalyticsView, DayPoint } from "../../routes/admin/views/analytics_view.ts";
import { MISSIONS, NOW, PORTFOLIO, VOCABULARY } from "./missions.ts";

const DAYS: readonly DayPoint[] = [
  { day: "2025-01-13", completed: 18, ended: 24 },
  { day: "2025-01-14", completed: 21, ended: 25 },
  { day: "2025-01-15", completed: 12, ended: 19 },
  { day: "2025-01-16", completed: 0, ended: 0 },
  { day: "2025-01-17", completed: 27, ended: 32 },
  { day: "2025-01-18", completed: 39, ended: 46 },
  { day: "2025-01-19", completed: 3, ended: 4 },
];

/** The numbers of the source document, section 4.1 and 4.2. */
export const PORTFOLIO_ANALYTICS: AnalyticsView = {
  missions: MISSIONS,
  mission: PORTFOLIO,
  period: { startDate: "2025-01-13", endDate: "2025-01-19" },
  totalAttempts: 153,
  completed: 120,
  quit: 24,
  expired: 6,
  completion: { rate: 0.8, low: 0.7284, high: 0.8566 },
  seconds: { avg: 85.5, median: 82.3, min: 60.2, max: 150.8 },
  avgRating: 3.75,
  ratings: [5, 10, 25, 50, 30],
  overTime: DAYS,
  durations: [
    { ...PORTFOLIO, avgSeconds: 85.5, count: 120 },
    { ...VOCABULARY, avgSeconds: 15.1, count: 80 },
  ],
  steps: [
    {
      step: 1,
      title: { ko: "위험 성향 선택", en: "Choose a risk type" },
      completions: 150,
      drop: 0,
    },
    { step: 2, title: { ko: "투자 스타일 선택", en: "Choose a style" }, completions: 145, drop: 5 },
    { step: 3, title: { ko: "비중 조정", en: "Adjust weights" }, completions: 130, drop: 15 },
    { step: 4, title: { ko: "이름 짓기", en: "Name the portfolio" }, completions: 125, drop: 5 },
    {
      step: 5,
      title: { ko: "목표 수익률 선택", en: "Choose a target profit" },
      completions: 120,
      drop: 5,
    },
  ],
  mostAbandoned: 3,
  paths: [],
  generatedAt: new Date(NOW).toISOString(),
};

export const VOCABULARY_ANALYTICS: AnalyticsView = {
  ...PORTFOLIO_ANALYTICS,
  mission: VOCABULARY,
  seconds: { avg: 15.1, median: 14.2, min: 9.8, max: 31.5 },
  steps: [],
  mostAbandoned: null,
  paths: [
    {
      path: "path1_vocabulary",
      title: { ko: "단어장", en: "Word list" },
      count: 30,
      avgSeconds: 18.5,
    },
    { path: "path2_search", title: { ko: "검색", en: "Search" }, count: 45, avgSeconds: 12.3 },
    {
      path: "path3_etfDetail",
      title: { ko: "ETF 상세", en: "ETF detail" },
      count: 5,
      avgSeconds: 19.8,
    },
  ],
};

export const ALL_ANALYTICS: AnalyticsView = {
  ...PORTFOLIO_ANALYTICS,
  mission: null,
  steps: [],
  mostAbandoned: null,
};

export const NO_ANALYTICS: AnalyticsView = {
  ...ALL_ANALYTICS,
  totalAttempts: 0,
  completed: 0,
  quit: 0,
  expired: 0,
};

/** One visitor, who still tries: there are charts without anything to draw. */
export const FIRST_ANALYTICS: AnalyticsView = {
  ...PORTFOLIO_ANALYTICS,
  totalAttempts: 1,
  completed: 0,
  quit: 0,
  expired: 0,
  completion: null,
  seconds: null,
  avgRating: null,
  ratings: [0, 0, 0, 0, 0],
  overTime: DAYS.map(({ day }) => ({ day, completed: 0, ended: 0 })),
  durations: MISSIONS.map((label) => ({ ...label, avgSeconds: null, count: 0 })),
  steps: PORTFOLIO_ANALYTICS.steps.map((step) => ({ ...step, completions: 0, drop: 0 })),
  mostAbandoned: null,
};
