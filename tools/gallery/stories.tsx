import type { VNode } from "preact";
import type { Ui } from "../../lib/ui/ui.ts";
import { DashboardPage } from "../../routes/admin/dashboard.tsx";
import { LoginPage } from "../../routes/admin/login.tsx";
import { OVERVIEW, QUIET_OVERVIEW, recentEvents } from "./missions.ts";

export interface Story {
  /** Address in the gallery; that of the page where it is the ordinary state. */
  readonly path: string;
  readonly title: (ui: Ui) => string;
  readonly page: (ui: Ui) => VNode;
}

const LOGIN = { next: "/admin/dashboard", username: "", problem: null, signedOut: false };

export const STORIES: readonly Story[] = [
  {
    path: "/admin/dashboard",
    title: ({ t }) => t.dashboard.title,
    page: (ui) => (
      <DashboardPage ui={ui} view={{ overview: OVERVIEW, recent: recentEvents(99, 9) }} />
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
    path: "/error/login",
    title: ({ t }) => t.login.title,
    page: (ui) => (
      <LoginPage
        ui={{ ...ui, user: null }}
        view={{ ...LOGIN, username: "operator", problem: { kind: "credentials" } }}
      />
    ),
  },
];
