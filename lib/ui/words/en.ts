import { createNumbers } from "../numbers.ts";
import { analyticsEn, attemptEn, attemptsEn, dashboardEn, streamEn } from "./missions_en.ts";
import { errorEn, loginEn, setupEn } from "./entry_en.ts";
import { exportEn } from "./export_en.ts";
import { kiosksEn } from "./kiosks_en.ts";
import { auditEn, keysEn } from "./keys_en.ts";
import { outboxEn } from "./outbox_en.ts";
import { metricsEn } from "./metrics_en.ts";
import { peopleEn } from "./people_en.ts";
import { interviewsEn } from "./interviews_en.ts";
import { practiceEn } from "./practice_en.ts";
import { sentencesEn } from "./sentences_en.ts";
import { usersEn } from "./users_en.ts";

const { number } = createNumbers("en");

export const en = {
  product: "Docent",
  skip: "Skip to content",
  nav: {
    label: "Main",
    dashboard: "Overview",
    live: "Live",
    attempts: "Attempts",
    analytics: "Analytics",
    metrics: "Metrics",
    kiosks: "Kiosks",
    export: "Export",
  },
  menu: {
    open: "Settings and account",
    language: "Language",
    theme: "Appearance",
    administration: "Administration",
    signedInAs: "Signed in as",
    signOut: "Sign out",
  },
  themes: { auto: "System", light: "Light", dark: "Dark" },
  languages: { ko: "한국어", en: "English" },
  live: {
    connecting: "Connecting",
    connected: "Live",
    reconnecting: "Reconnecting",
    stale: "Out of date",
    since: (time: string) => `since ${time}`,
    asOf: (time: string) => `As of ${time}`,
    reload: "Reload",
    still: "Shown as it was when the page was loaded.",
  },
  status: {
    pending: "Waiting",
    in_progress: "In progress",
    completed: "Completed",
    quitted: "Quit",
    expired: "Expired",
  },
  ratings: { 1: "very hard", 2: "hard", 3: "neutral", 4: "easy", 5: "very easy" },
  figures: {
    connections: "Active connections",
    inProgress: "In progress",
    completedToday: "Completed today",
    quitToday: "Quit today",
    load: "Server load",
    loads: { low: "Low", medium: "Medium", high: "High" },
    completed: "Completed",
    quit: "Quit",
    expired: "Expired",
    avgTime: "Avg time",
    avgRating: "Avg ease",
    completionRate: "Completion rate",
    none: "–",
    noneLabel: "no value yet",
    of: (part: number, whole: number) => `${number(part)} of ${number(whole)}`,
  },
  dashboard: dashboardEn,
  stream: streamEn,
  attempts: attemptsEn,
  table: {
    pages: "Pages",
    previous: "Previous",
    next: "Next",
    range: (from: number, to: number, total: number) =>
      `${number(from)}–${number(to)} of ${number(total)}`,
    scroll: (caption: string) => `${caption}, table, scrolls sideways`,
  },
  attempt: attemptEn,
  analytics: analyticsEn,
  export: exportEn,
  login: loginEn,
  setup: setupEn,
  error: errorEn,
  metrics: metricsEn,
  kiosks: kiosksEn,
  keys: keysEn,
  audit: auditEn,
  outbox: outboxEn,
  users: usersEn,
  sentences: sentencesEn,
  people: peopleEn,
  practice: practiceEn,
  interviews: interviewsEn,
};
