import type { VNode } from "preact";
import type { Activity, Learning, Notification } from "../../lib/people/mod.ts";
import type { Ui } from "../../lib/ui/ui.ts";
import {
  type EntryPageProps,
  type EntryView,
  ForgotPage,
  RegisterPage,
  ResetPage,
  SignInPage,
} from "../../routes/app/entry.tsx";
import { ErrorPage } from "../../routes/pages/error.tsx";
import { FeedPage } from "../../routes/app/feed.tsx";
import { Unread } from "../../routes/app/frame.tsx";
import { LearningPage } from "../../routes/app/learning.tsx";
import { NotificationsPage } from "../../routes/app/notifications.tsx";
import { SecurityPage, type SecurityView } from "../../routes/app/security.tsx";
import { SettingsPage } from "../../routes/app/settings.tsx";
import { NOW } from "./missions.ts";
import { PRACTICE_PAGES } from "./practice.tsx";
import type { Story } from "./story.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const ENTRY: EntryView = {
  problem: null,
  news: null,
  email: "",
  name: "",
  hidden: {},
  asksCode: false,
  providers: [],
};

const entryAt = (index: number) => ({
  userId: "user_1",
  sequence: 100 - index,
  isRead: index > 1,
  at: NOW - index * 7 * HOUR_MS,
});

const ACTIVITIES: readonly Activity[] = ([
  ["goal_completed", "Finish the interface of the portfolio", "All five pages are done."],
  ["log_created", "React 상태 관리 학습", "두 시간 동안 신호와 저장소를 비교했습니다."],
  ["skill_added", "Server-side rendering", ""],
  ["portfolio_updated", "Case study: a guide through the exhibition", "With pictures."],
  ["login", "Signed in", ""],
] as const).map(([type, title, description], index) => ({
  ...entryAt(index),
  entryId: `activity_${index}`,
  expiresAt: null,
  type,
  title,
  description,
  data: {},
}));

const NOTIFICATIONS: readonly Notification[] = ([
  ["milestone", "Ten hours this week", "That is more than ever before.", "/app/learning"],
  ["system", "면접 분석이 끝났습니다", "결과를 확인하세요.", "/app/feed"],
  ["reminder", "You wanted to practise today", "Fifteen minutes are enough.", null],
] as const).map(([type, title, message, actionUrl], index) => ({
  ...entryAt(index),
  entryId: `notification_${index}`,
  expiresAt: NOW + 30 * DAY_MS,
  type,
  title,
  message,
  actionUrl,
}));

const HOURS = [1, 0.5, 2, 0, 3.5, 1.5, 2.5, 0, 1, 4, 2, 1.5];
const dayBefore = (days: number) => new Date(NOW - days * DAY_MS).toISOString().slice(0, 10);

const LEARNING: Learning = {
  userId: "user_1",
  totalLearningHours: 126.5,
  currentStreak: 4,
  longestStreak: 21,
  logsCreated: 84,
  goalsCompleted: 7,
  skillsAdded: 12,
  weeklyData: HOURS.map((hoursLogged, index) => ({
    date: dayBefore(HOURS.length - index),
    hoursLogged,
    logsCount: Math.ceil(hoursLogged),
  })),
  monthlyData: ["2024-10", "2024-11", "2024-12", "2025-01"].map((month, index) => ({
    month,
    hoursLogged: 18.5 + index * 9,
    logsCount: 12 + index * 5,
  })),
  lastActiveDay: dayBefore(0),
  updatedAt: NOW,
};
const NO_LEARNING: Learning = {
  ...LEARNING,
  totalLearningHours: 0,
  currentStreak: 0,
  longestStreak: 0,
  logsCreated: 0,
  goalsCompleted: 0,
  skillsAdded: 0,
  weeklyData: [],
  monthlyData: [],
};
const LEADERS = [
  { rank: 1, name: "김서연", hours: 212.5, streak: 11 },
  { rank: 2, name: null, hours: 126.5, streak: 4 },
  { rank: 3, name: "Robin", hours: 80, streak: 0 },
];

const SETTINGS = {
  name: "김서연",
  profile: {
    preferences: {
      jobCategory: "frontend",
      difficulty: "medium",
      notifications: true,
      language: "ko",
    },
    settings: { showOnLeaderboard: false },
    subscription: { type: "free", expiresAt: null },
    avatarHash: null,
  },
  picture: null,
  news: null,
} as const;

const PORTRAIT =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E%3Crect width='9' height='9' fill='%2380a'/%3E%3C/svg%3E";

const sessionAt = (index: number, userAgent: string) => ({
  sessionId: `session_${index}`,
  userId: "user_1",
  secretHash: "",
  csrfToken: "",
  generation: 1,
  createdAt: NOW - index * 30 * HOUR_MS,
  expiresAt: NOW + DAY_MS,
  lastUsedAt: NOW,
  userAgent,
  address: "203.0.113.7",
});
/** Made up. */
const RECOVERY_CODES = Array.from({ length: 10 }, (_, i) => `abcd-efgh-jkmn-pqr${i}`);

const SECURITY: SecurityView = {
  sessions: [
    sessionAt(0, "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0.0.0"),
    sessionAt(1, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)"),
  ],
  currentId: "session_0",
  factor: { state: "off" },
  recoveryCodes: [],
  proof: "password",
  done: null,
  problem: null,
};
const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const BEGUN: SecurityView["factor"] = {
  state: "begun",
  secret: SECRET,
  uri: `otpauth://totp/Docent:kim?secret=${SECRET}`,
};

const entries: readonly [string, (props: EntryPageProps) => VNode, Partial<EntryView>][] = [
  ["/app/login", SignInPage, {}],
  ["/code/app/login", SignInPage, { problem: "code", email: "kim@example.org", asksCode: true }],
  ["/houses/app/login", SignInPage, { providers: ["google", "linkedin"], problem: "house" }],
  ["/news/app/login", SignInPage, { news: "registered" }],
  ["/wait/app/login", SignInPage, { problem: { throttledSec: 120 } }],
  ["/app/register", RegisterPage, {}],
  ["/error/app/register", RegisterPage, { problem: "password", email: "kim@example.org" }],
  ["/app/forgot", ForgotPage, {}],
  ["/app/reset", ResetPage, { hidden: { token: "made-up" } }],
];

const EMPTY_FEED = { entries: [], total: 0, unread: 0, limit: 25, skip: 0 };

const signedIn: readonly [string, (ui: Ui) => VNode][] = [
  ["/app/feed", (ui) => (
    <FeedPage
      ui={ui}
      view={{ entries: ACTIVITIES, total: 84, unread: 2, limit: 25, skip: 25 }}
    />
  )],
  ["/empty/app/feed", (ui) => <FeedPage ui={ui} view={EMPTY_FEED} />],
  ["/app/notifications", (ui) => (
    <NotificationsPage
      ui={ui}
      view={{ entries: NOTIFICATIONS, total: 3, unread: 2, limit: 25, skip: 0 }}
    />
  )],
  ["/empty/app/notifications", (ui) => <NotificationsPage ui={ui} view={EMPTY_FEED} />],
  [
    "/app/learning",
    (ui) => <LearningPage ui={ui} view={{ learning: LEARNING, leaders: LEADERS }} />,
  ],
  [
    "/empty/app/learning",
    (ui) => <LearningPage ui={ui} view={{ learning: NO_LEARNING, leaders: [] }} />,
  ],
  ["/app/settings", (ui) => <SettingsPage ui={ui} view={SETTINGS} />],
  [
    "/error/app/settings",
    (ui) => (
      <SettingsPage ui={ui} view={{ ...SETTINGS, picture: PORTRAIT, news: "pictureRefused" }} />
    ),
  ],
  ["/app/security", (ui) => <SecurityPage ui={ui} view={SECURITY} />],
  [
    "/begun/app/security",
    (ui) => <SecurityPage ui={ui} view={{ ...SECURITY, factor: BEGUN, problem: "wrongCode" }} />,
  ],
  ["/on/app/security", (ui) => (
    <SecurityPage
      ui={ui}
      view={{
        ...SECURITY,
        factor: { state: "on" },
        recoveryCodes: RECOVERY_CODES,
        proof: ["google"],
      }}
    />
  )],
  [
    "/error/app/404",
    (ui) => <ErrorPage ui={ui} view={{ status: 404, requestId: "01JHZ2K8Q4", isPersonal: true }} />,
  ],
];

/** The pages under `/app`. */
export const PEOPLE_STORIES: readonly Story[] = [
  ...entries.map(([path, Body, change]): Story => ({
    path,
    title: ({ t }) => t.people.entry.login,
    page: (ui) => <Body ui={{ ...ui, user: null }} view={{ ...ENTRY, ...change }} />,
  })),
  ...[...signedIn, ...PRACTICE_PAGES].map(([path, page]): Story => ({
    path,
    title: ({ t }) => t.people.nav.label,
    page: (ui) => <Unread.Provider value={2}>{page(ui)}</Unread.Provider>,
  })),
];
