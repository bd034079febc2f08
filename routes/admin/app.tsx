import { Hono } from "hono";
import type { Login } from "../../lib/auth/login.ts";
import type { SetupLink } from "../../lib/auth/setup_link.ts";
import type { BrowserSessions } from "../middleware/browser_sessions.ts";
import type { AppEnv } from "../middleware/context.ts";
import { sameOrigin } from "../middleware/same_origin.ts";
import { type AdministrationDeps, administrationRoutes } from "./administration_routes.tsx";
import { type ContentDeps, contentRoutes } from "./content_routes.tsx";
import { pageGuard } from "../pages/guard.ts";
import { interviewPages, type InterviewPagesDeps } from "./interviews/routes.tsx";
import { importPageRoutes } from "./import_routes.tsx";
import { queueImportPage, type QueueImportPageDeps } from "./kiosks_import.tsx";
import { kiosksPages, type KiosksPagesDeps } from "./kiosks_routes.tsx";
import { type LiveEventsDeps, liveEventsRoutes } from "./live_events.ts";
import { HOME, loginRoutes } from "./login_routes.tsx";
import { metricsPages, type MetricsPagesDeps } from "./metrics_routes.tsx";
import type { Pages } from "../pages/pages.ts";
import { usersRoutes, type UsersRoutesDeps } from "./users_routes.tsx";
import { setupRoutes } from "./setup_routes.tsx";

export interface AdminDeps {
  readonly pages: Pages;
  readonly login: Login;
  readonly setupLink: SetupLink;
  readonly sessions: BrowserSessions;
  /** Where clients reach us, if a proxy stands between. */
  readonly ownOrigins: readonly string[];
  readonly content: Omit<ContentDeps, "pages">;
  readonly live: LiveEventsDeps;
  readonly metrics: Omit<MetricsPagesDeps, "pages">;
  readonly kiosks: Omit<KiosksPagesDeps & QueueImportPageDeps, "pages">;
  readonly administration: Omit<AdministrationDeps & UsersRoutesDeps & InterviewPagesDeps, "pages">;
}

/**
 * `/admin`: what stands above the guard is for everybody, what stands below for the signed-in. The
 * imports look for the token in their own way, before they read the file behind it.
 */
export function adminPages(deps: AdminDeps) {
  const { pages, sessions } = deps;
  const app = new Hono<AppEnv>();
  app.use("*", sameOrigin(deps.ownOrigins));
  app.route("/", loginRoutes(deps));
  app.route("/", setupRoutes(deps));
  app.get("/", (c) => c.redirect(HOME, 303));

  app.route("/", importPageRoutes({ ...deps.administration, ...deps.content, pages }));
  app.route("/", queueImportPage({ ...deps.kiosks, pages }));
  app.use("*", pageGuard);
  app.post("/logout", async (c) => {
    await sessions.end(c);
    return c.redirect("/admin/login?signed-out", 303);
  });
  app.route("/", contentRoutes({ ...deps.content, pages }));
  app.route("/", liveEventsRoutes(deps.live));
  app.route("/", metricsPages({ ...deps.metrics, pages }));
  app.route("/", kiosksPages({ ...deps.kiosks, pages }));
  app.route("/", administrationRoutes({ ...deps.administration, pages }));
  app.route("/", interviewPages({ ...deps.administration, pages }));
  app.route("/", usersRoutes({ ...deps.administration, pages }));
  return app;
}
