import { equal, match, ok } from "node:assert/strict";
import type { AnalyticsView } from "../../../routes/admin/views/analytics_view.ts";
import { AnalyticsPage } from "../../../routes/admin/analytics.tsx";
import { aUi, renderPage } from "../../support/page.ts";

const PORTFOLIO = {
  missionType: "portfolio",
  name: { ko: "포트폴리오 제작 미션", en: "Build a portfolio" },
};
const VOCABULARY = {
  missionType: "vocabulary",
  name: { ko: "단어카드 열람 미션", en: "Open a word card" },
};
const MISSIONS = [PORTFOLIO, VOCABULARY];

const step = (number: number, completions: number, drop: number) => ({
  step: number,
  title: { ko: `단계 ${number}`, en: `Part ${number}` },
  completions,
  drop,
});

/** The numbers of section 4.1 of the source document. */
const VIEW: AnalyticsView = {
  missions: MISSIONS,
  mission: PORTFOLIO,
  period: { startDate: "2025-01-12", endDate: "2025-01-19" },
  totalAttempts: 153,
  completed: 120,
  quit: 24,
  expired: 6,
  completion: { rate: 0.8, low: 0.7284, high: 0.8566 },
  seconds: { avg: 85.5, median: 82.3, min: 60.2, max: 150.8 },
  avgRating: 3.75,
  ratings: [5, 10, 25, 50, 30],
  overTime: [
    { day: "2025-01-18", completed: 39, ended: 46 },
    { day: "2025-01-19", completed: 3, ended: 4 },
  ],
  durations: [
    { ...PORTFOLIO, avgSeconds: 85.5, count: 120 },
    { ...VOCABULARY, avgSeconds: null, count: 0 },
  ],
  steps: [step(1, 150, 0), step(2, 145, 5), step(3, 130, 15), step(4, 125, 5), step(5, 120, 5)],
  mostAbandoned: 3,
  paths: [],
  generatedAt: "2025-01-19T01:40:00.000Z",
};

function analytics(change: Partial<AnalyticsView> = {}) {
  const ui = aUi("en", "/admin/missions/portfolio");
  const { html, text } = renderPage(<AnalyticsPage ui={ui} view={{ ...VIEW, ...change }} />, ui);
  return { text, html: html.replaceAll("&amp;", "&") };
}

Deno.test("[M-40][M-41][M-42] the figures stand with what is known of them", () => {
  const { text } = analytics();
  match(text, /Attempts 153 3 still running/);
  match(text, /Completion rate 80\.0% 95% interval 72\.8% to 85\.7%/);
  match(text, /Quit 24 and 6 expired/);
  match(text, /Avg time 85\.5s median 82\.3s/);
  match(text, /Avg ease 3\.8★ 120 ratings/);
});

Deno.test("[M-50] the rate over time has a table, and counts where there are few", () => {
  const { text } = analytics();
  match(text, /Completion rate over time .* 18 Jan 39 46 84\.8% 19 Jan 3 4 3 of 4/);
});

Deno.test("[M-51] the average of each mission has a table, and a dash for none", () => {
  match(analytics().text, /Build a portfolio 85\.5s 120 Open a word card – 0/);
});

Deno.test("[M-52][T-M12] the ratings run from very easy to very hard", () => {
  match(analytics().text, /5★ \(very easy\) 30 25\.0% .* 1★ \(very hard\) 5 4\.2%/);
});

Deno.test("[M-53][T-M23] the step that lost most is marked in words", () => {
  match(analytics().text, /3 · Part 3 most lost 130 15 4 · Part 4 125 5/);
});

Deno.test("[M-54] path usage has shares, and names the fastest", () => {
  const path = (name: string, count: number, avgSeconds: number | null) => ({
    path: name,
    title: { ko: name, en: name },
    count,
    avgSeconds,
  });
  const paths = [path("Word list", 30, 18.5), path("Search", 45, 12.3), path("ETF", 5, 19.8)];
  const { text } = analytics({ steps: [], mostAbandoned: null, paths });
  match(text, /Word list 30 37\.5% 18\.5s Search fastest 45 56\.3% 12\.3s ETF 5 6\.3% 19\.8s/);
  equal(text.includes("Most abandoned steps"), false);
});

Deno.test("[M-50] each chart can be saved as a picture and read as a table", () => {
  const { html } = analytics();
  equal(html.match(/<canvas /g)?.length, 4);
  equal(html.match(/aria-label="Download PNG: /g)?.length, 4);
  equal(html.match(/<details class="numbers">/g)?.length, 4);
});

Deno.test("[M-55] the tabs lead to every mission, of the same period", () => {
  const { html } = analytics();
  for (const type of ["all", "portfolio", "vocabulary"]) {
    ok(html.includes(`href="/admin/missions/${type}?startDate=2025-01-12&endDate=2025-01-19"`));
  }
  match(html, /aria-current="page">Build a portfolio/);
});

Deno.test("[M-55] a period without attempts says so; one that only runs draws nothing", () => {
  match(analytics({ totalAttempts: 0 }).text, /No attempts in this period/);
  const { text, html } = analytics({
    totalAttempts: 1,
    completed: 0,
    quit: 0,
    expired: 0,
    completion: null,
    seconds: null,
    avgRating: null,
    ratings: [0, 0, 0, 0, 0],
    overTime: [{ day: "2025-01-19", completed: 0, ended: 0 }],
    durations: [],
    steps: [],
  });
  match(text, /Attempts 1 1 still running Completion rate – no value yet/);
  equal(html.includes("<canvas"), false);
  equal(/NaN|Infinity|undefined|null/.test(text), false);
});
