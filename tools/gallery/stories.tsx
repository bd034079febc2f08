import type { VNode } from "preact";
import { type LiveEvent, parseLiveFilter } from "../../lib/missions/view.ts";
import type { Ui } from "../../lib/ui/ui.ts";
import { AnalyticsPage } from "../../routes/admin/analytics.tsx";
import { AttemptPage } from "../../routes/admin/attempt.tsx";
import { AttemptsPage } from "../../routes/admin/attempts.tsx";
import { AuditPage } from "../../routes/admin/audit.tsx";
import { DashboardPage } from "../../routes/admin/dashboard.tsx";
import { ErrorPage } from "../../routes/pages/error.tsx";
import { ExportPage } from "../../routes/admin/export.tsx";
import { KeysPage, type KeysView } from "../../routes/admin/keys.tsx";
import { KiosksPage, type KiosksView } from "../../routes/admin/kiosks.tsx";
import { LivePage } from "../../routes/admin/live.tsx";
import { LoginPage } from "../../routes/admin/login.tsx";
import { MetricsPage } from "../../routes/admin/metrics.tsx";
import { OutboxPage } from "../../routes/admin/outbox.tsx";
import { SetupPage } from "../../routes/admin/setup.tsx";
import { UserPage } from "../../routes/admin/user.tsx";
import { UsersPage } from "../../routes/admin/users.tsx";
import {
  ALL_ANALYTICS,
  FIRST_ANALYTICS,
  NO_ANALYTICS,
  PORTFOLIO_ANALYTICS,
  VOCABULARY_ANALYTICS,
} from "./analytics.ts";
import { ATTEMPT, ATTEMPTS, BARE_ATTEMPT, NO_ATTEMPTS } from "./attempts.ts";
import { DASHBOARD, ENTRIES, KEYS, NO_EVENTS } from "./metrics.ts";
import { KIOSKS, QUEUE_REPORT } from "./kiosks.ts";
import { MAILS } from "./outbox.ts";
import { OWN_USER, PEOPLE, USER } from "./users.ts";
import { MISSIONS, NOW, OVERVIEW, QUIET_OVERVIEW, recentEvents } from "./missions.ts";
import { INTERVIEW_PAGES } from "./interviews.tsx";
import { PEOPLE_STORIES } from "./people.tsx";

export interface Story {
  /** Address in the gallery; that of the page where it is the ordinary state. */
  readonly path: string;
  readonly title: (ui: Ui) => string;
  readonly page: (ui: Ui) => VNode;
}

const LOGIN = { next: "/admin/dashboard", username: "", problem: null, signedOut: false };

const EXPORT = { missions: MISSIONS, mayImport: true, report: null, problem: null };
const IMPORT_REPORT = {
  lines: 12_480,
  imported: 12_301,
  known: 177,
  refused: 2,
  attempts: 214,
  faults: [
    { line: 831, message: "Line is not valid JSON", expected: "JSON" },
    {
      line: 9_004,
      message: "Mission is not defined here",
      field: "missionType",
      expected: "one of portfolio, vocabulary",
    },
  ],
};

const KIOSKS_VIEW: KiosksView = {
  kiosks: KIOSKS,
  asOf: new Date(NOW).toISOString(),
  administers: true,
  form: { name: "", place: "", problem: null },
  code: null,
  news: null,
  report: null,
  queueProblem: null,
};

const NO_FORM: KeysView = {
  keys: KEYS,
  form: { name: "", scopes: ["events:write"], problems: [] },
  made: null,
  revoked: null,
};

export const STORIES: readonly Story[] = [
  {
    path: "/admin/dashboard",
    title: ({ t }) => t.dashboard.title,
    page: (ui) => (
      <DashboardPage ui={ui} view={{ overview: OVERVIEW, recent: recentEvents(99, 12) }} />
    ),
  },
  {
    path: "/empty/dashboard",
    title: ({ t }) => t.dashboard.title,
    page: (ui) => <DashboardPage ui={ui} view={{ overview: QUIET_OVERVIEW, recent: [] }} />,
  },
  {
    path: "/admin/login",
    title: ({ t }) => t.login.title,
    page: (ui) => <LoginPage ui={{ ...ui, user: null }} view={LOGIN} />,
  },
  {
    path: "/code/login",
    title: ({ t }) => t.login.title,
    page: (ui) => (
      <LoginPage
        ui={ui}
        view={{
          next: "/admin/dashboard",
          username: "operator",
          problem: { kind: "code" },
          signedOut: false,
        }}
      />
    ),
  },
  {
    path: "/error/login",
    title: ({ t }) => t.login.title,
    page: (ui) => (
      <LoginPage
        ui={{ ...ui, user: null }}
        view={{ ...LOGIN, username: "operator", problem: { kind: "credentials" } }}
      />
    ),
  },
  {
    path: "/admin/setup",
    title: ({ t }) => t.setup.title,
    page: (ui) => (
      <SetupPage
        ui={{ ...ui, user: null }}
        view={{ kind: "form", token: "made-up", username: "", problems: [] }}
      />
    ),
  },
  {
    path: "/error/setup",
    title: ({ t }) => t.setup.title,
    page: (ui) => (
      <SetupPage
        ui={{ ...ui, user: null }}
        view={{
          kind: "form",
          token: "made-up",
          username: "a b",
          problems: ["username", "tooShort", "mismatch"],
        }}
      />
    ),
  },
  {
    path: "/dead/setup",
    title: ({ t }) => t.setup.deadTitle,
    page: (ui) => <SetupPage ui={{ ...ui, user: null }} view={{ kind: "dead" }} />,
  },
  {
    path: "/admin/missions/live",
    title: ({ t }) => t.stream.title,
    page: (ui) => live(ui, recentEvents(99, 40)),
  },
  {
    path: "/empty/live",
    title: ({ t }) => t.stream.title,
    page: (ui) => live(ui, []),
  },
  {
    path: "/admin/attempts",
    title: ({ t }) => t.attempts.title,
    page: (ui) => <AttemptsPage ui={ui} view={ATTEMPTS} />,
  },
  {
    path: "/empty/attempts",
    title: ({ t }) => t.attempts.title,
    page: (ui) => (
      <AttemptsPage
        ui={ui}
        view={{ ...NO_ATTEMPTS, filter: { missionType: "all", status: "expired" } }}
      />
    ),
  },
  {
    path: "/admin/attempts/:attemptId",
    title: ({ t }) => t.attempt.title,
    page: (ui) => <AttemptPage ui={ui} view={ATTEMPT} />,
  },
  {
    path: "/empty/attempt",
    title: ({ t }) => t.attempt.title,
    page: (ui) => <AttemptPage ui={ui} view={BARE_ATTEMPT} />,
  },
  ...[
    ["/admin/missions/portfolio", PORTFOLIO_ANALYTICS] as const,
    ["/admin/missions/vocabulary", VOCABULARY_ANALYTICS] as const,
    ["/admin/missions/all", ALL_ANALYTICS] as const,
    ["/empty/analytics", NO_ANALYTICS] as const,
    ["/first/analytics", FIRST_ANALYTICS] as const,
  ].map(([path, view]): Story => ({
    path,
    title: ({ t }) => t.analytics.title,
    page: (ui) => <AnalyticsPage ui={ui} view={view} />,
  })),
  ...[
    ["/admin/metrics", DASHBOARD] as const,
    ["/empty/metrics", NO_EVENTS] as const,
  ].map(([path, dashboard]): Story => ({
    path,
    title: ({ t }) => t.metrics.title,
    page: (ui) => <MetricsPage ui={ui} dashboard={dashboard} />,
  })),
  ...[
    ["/admin/keys", NO_FORM] as const,
    ["/made/keys", {
      ...NO_FORM,
      made: { name: "웹 쇼핑몰", text: `ak_${"made-up-".repeat(5)}abc` },
    }] as const,
    ["/revoked/keys", { ...NO_FORM, revoked: "Old test" }] as const,
    ["/empty/keys", { ...NO_FORM, keys: [] }] as const,
    ["/error/keys", {
      ...NO_FORM,
      form: { name: "", scopes: [], problems: ["name", "scopes"] },
    }] as const,
  ].map(([path, view]): Story => ({
    path,
    title: ({ t }) => t.keys.title,
    page: (ui) => <KeysPage ui={ui} view={view} />,
  })),
  ...([
    ["/admin/kiosks", {}],
    ["/paired/kiosks", {
      code: { name: "1층 안내 데스크 옆", code: "048215", expiresAt: NOW + 600_000 },
    }],
    ["/told/kiosks", { news: "waits", administers: false }],
    ["/imported/kiosks", { report: QUEUE_REPORT }],
    ["/empty/kiosks", { kiosks: [] }],
    ["/error/kiosks", { form: { name: "", place: "1F", problem: "name" }, news: "noText" }],
  ] satisfies [string, Partial<KiosksView>][]).map(([path, shown]): Story => ({
    path,
    title: ({ t }) => t.kiosks.title,
    page: (ui) => <KiosksPage ui={ui} view={{ ...KIOSKS_VIEW, ...shown }} />,
  })),
  ...[
    ["/admin/audit", {
      entries: ENTRIES,
      olderHref: "/admin/audit?before=1",
      isNewest: false,
      target: "user_1737200000000000000001",
    }] as const,
    ["/empty/audit", { entries: [], olderHref: null, isNewest: true, target: null }] as const,
  ].map(([path, view]): Story => ({
    path,
    title: ({ t }) => t.audit.title,
    page: (ui) => <AuditPage ui={ui} view={view} />,
  })),
  ...[
    ["/admin/users", { people: PEOPLE, olderHref: "/admin/users?before=user_1" }] as const,
    ["/empty/users", { people: [], olderHref: null }] as const,
  ].map(([path, page]): Story => ({
    path,
    title: ({ t }) => t.users.title,
    page: (ui) => <UsersPage ui={ui} view={{ ...page, text: "", role: null, isNewest: true }} />,
  })),
  ...[
    ["/admin/users/:userId", USER] as const,
    ["/own/users/:userId", OWN_USER] as const,
    ["/empty/users/:userId", { ...USER, sessions: [], entries: [], done: null }] as const,
  ].map(([path, view]): Story => ({
    path,
    title: () => view.person.name,
    page: (ui) => <UserPage ui={ui} view={view} />,
  })),
  ...[
    ["/admin/outbox", { mails: MAILS, isConnected: false }] as const,
    ["/empty/outbox", { mails: [], isConnected: true }] as const,
  ].map(([path, view]): Story => ({
    path,
    title: ({ t }) => t.outbox.title,
    page: (ui) => <OutboxPage ui={ui} view={view} />,
  })),
  {
    path: "/admin/export",
    title: ({ t }) => t.export.title,
    page: (ui) => <ExportPage ui={ui} view={EXPORT} />,
  },
  {
    path: "/imported/export",
    title: ({ t }) => t.export.title,
    page: (ui) => <ExportPage ui={ui} view={{ ...EXPORT, report: IMPORT_REPORT }} />,
  },
  {
    path: "/error/export",
    title: ({ t }) => t.export.title,
    page: (ui) => <ExportPage ui={ui} view={{ ...EXPORT, problem: "conflict" }} />,
  },
  ...[401, 403, 404, 500].map((status): Story => ({
    path: `/error/${status}`,
    title: ({ t }) => t.error.request,
    page: (ui) => (
      <ErrorPage
        ui={status === 401 ? { ...ui, user: null } : ui}
        view={{ status, requestId: "01JHZ2K8Q4", isPersonal: false }}
      />
    ),
  })),
  ...INTERVIEW_PAGES.map(([path, page]): Story => ({
    path,
    title: ({ t }) => t.interviews.title,
    page,
  })),
  ...PEOPLE_STORIES,
];

function live(ui: Ui, events: readonly LiveEvent[]): VNode {
  const query = new URL(ui.path, "http://gallery").searchParams;
  const view = { asOf: OVERVIEW.asOf, missions: MISSIONS, filter: parseLiveFilter(query), events };
  return <LivePage ui={ui} view={view} />;
}
