import { ErrorPage } from "../../routes/pages/error.tsx";
import { LoginPage } from "../../routes/admin/login.tsx";
import { SetupPage } from "../../routes/admin/setup.tsx";
import type { Story } from "./story.ts";

const LOGIN = { next: "/admin/dashboard", username: "", problem: null, signedOut: false };

/** Before sign-in, and errors. */
export const ENTRY_STORIES: readonly Story[] = [
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
];
