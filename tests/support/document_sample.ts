import type { PlayedMission } from "./played_missions.ts";

const DAY_MS = 24 * 3_600_000;
const FIRST_START = Date.parse("2025-01-12T01:00:00.000Z");

/** Total durations with mean 85.5, least 60.2, greatest 150.8 and median 82.3 seconds. */
const DURATIONS_SEC = [
  60.2,
  ...Array(58).fill(75.0),
  82.3,
  82.3,
  ...Array(57).fill(95.4),
  96.6,
  150.8,
];
/** How many gave each rating. */
const RATINGS = [5, 10, 25, 50, 30].flatMap((count, i) => Array<number>(count).fill(i + 1));
/** The last step of those who gave up. */
const LAST_STEPS = [1, 2, 3, 4].flatMap((step, i) => Array<number>([5, 15, 5, 5][i]).fill(step));

const startTime = (index: number) =>
  new Date(FIRST_START + (index % 8) * DAY_MS + index * 60_000).toISOString();

const steps = (last: number, untilSec: number) =>
  Array.from({ length: last }, (_, i) =>
    [
      "portfolio_creation_step",
      untilSec * (i + 1) / (last + 1),
      { step: i + 1, timeOnStep: untilSec / (last + 1) },
    ] as const);

/** The 150 attempts behind the document's sample of analytics (E-8.5). */
export const PORTFOLIO_SAMPLE: readonly PlayedMission[] = [
  ...DURATIONS_SEC.map((seconds, i): PlayedMission => ({
    missionType: "portfolio",
    startTime: startTime(i),
    events: [...steps(5, seconds), ["mission_completed", seconds, { totalDuration: seconds }]],
    rating: RATINGS[i],
  })),
  ...LAST_STEPS.map((last, i): PlayedMission => ({
    missionType: "portfolio",
    startTime: startTime(120 + i),
    events: [...steps(last, 45), ["mission_quitted", 45, { quitAtStep: last }]],
  })),
];

/** The 80 completions behind the document's path analysis (E-8.6). */
export const VOCABULARY_SAMPLE: readonly PlayedMission[] = [
  { count: 30, openedVia: "vocabulary_card", seconds: 18.5 },
  { count: 45, openedVia: "search_result", seconds: 12.3 },
  { count: 5, openedVia: "etf_detail", seconds: 19.8 },
].flatMap(({ count, openedVia, seconds }) =>
  Array.from({ length: count }, (_, i): PlayedMission => ({
    missionType: "vocabulary",
    startTime: startTime(i),
    events: [
      ["vocabulary_detail_viewed", seconds - 5, { openedVia }],
      ["vocabulary_countdown_complete", seconds - 2],
      ["mission_completed", seconds],
    ],
  }))
);
