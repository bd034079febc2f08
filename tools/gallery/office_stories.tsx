import { AuditPage } from "../../routes/admin/audit.tsx";
import { ExportPage } from "../../routes/admin/export.tsx";
import { KeysPage, type KeysView } from "../../routes/admin/keys.tsx";
import { KiosksPage, type KiosksView } from "../../routes/admin/kiosks.tsx";
import { MetricsPage } from "../../routes/admin/metrics.tsx";
import { OutboxPage } from "../../routes/admin/outbox.tsx";
import { UserPage } from "../../routes/admin/user.tsx";
import { UsersPage } from "../../routes/admin/users.tsx";
import { DASHBOARD, ENTRIES, KEYS, NO_EVENTS } from "./metrics.ts";
import { KIOSKS, QUEUE_REPORT } from "./kiosks.ts";
import { MAILS } from "./outbox.ts";
import { OWN_USER, PEOPLE, USER } from "./users.ts";
import { MISSIONS, NOW } from "./missions.ts";
import type { Story } from "./story.ts";

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

/** What is counted, exported and administered. */
export const OFFICE_STORIES: readonly Story[] = [
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
];
