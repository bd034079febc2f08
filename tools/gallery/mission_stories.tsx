import type { VNode } from "preact";
import { type LiveEvent, parseLiveFilter } from "../../lib/missions/view.ts";
import type { Ui } from "../../lib/ui/ui.ts";
import { AnalyticsPage } from "../../routes/admin/analytics.tsx";
import { AttemptPage } from "../../routes/admin/attempt.tsx";
import { AttemptsPage } from "../../routes/admin/attempts.tsx";
import { DashboardPage } from "../../routes/admin/dashboard.tsx";
import { LivePage } from "../../routes/admin/live.tsx";
import {
  ALL_ANALYTICS,
  FIRST_ANALYTICS,
  NO_ANALYTICS,
  PORTFOLIO_ANALYTICS,
  VOCABULARY_ANALYTICS,
} from "./analytics.ts";
import { ATTEMPT, ATTEMPTS, BARE_ATTEMPT, NO_ATTEMPTS } from "./attempts.ts";
import { MISSIONS, OVERVIEW, QUIET_OVERVIEW, recentEvents } from "./missions.ts";
import type { Story } from "./story.ts";

/** Overview, live stream, attempts and analytics. */
export const MISSION_STORIES: readonly Story[] = [
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
];

function live(ui: Ui, events: readonly LiveEvent[]): VNode {
  const query = new URL(ui.path, "http://gallery").searchParams;
  const view = { asOf: OVERVIEW.asOf, missions: MISSIONS, filter: parseLiveFilter(query), events };
  return <LivePage ui={ui} view={view} />;
}
