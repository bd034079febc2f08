import { Hono } from "hono";
import type { Auth } from "../../lib/auth/mod.ts";
import type { People } from "../../lib/people/mod.ts";
import { personGuard } from "../pages/guard.ts";
import type { Pages } from "../pages/pages.ts";
import type { BrowserSessions } from "../middleware/browser_sessions.ts";
import type { AppEnv } from "../middleware/context.ts";
import { sameOrigin } from "../middleware/same_origin.ts";
import { type PracticeDeps, practiceRoutes } from "./practice/routes.tsx";
import { countedPages } from "./counted_pages.tsx";
import { contentRoutes } from "./content_routes.tsx";
import { APP_HOME, entryRoutes } from "./entry_routes.tsx";
import { securityRoutes } from "./security_routes.tsx";
import { oauthPages } from "./oauth_pages.tsx";
import { settingsRoutes } from "./settings_routes.tsx";

export interface PeoplePagesDeps {
  readonly pages: Pages;
  readonly auth: Auth;
  readonly people: People;
  readonly sessions: BrowserSessions;
  readonly practice: Omit<PracticeDeps, "pages" | "people">;
  /** Where clients reach us, if a proxy stands between. */
  readonly ownOrigins: readonly string[];
  readonly now: () => number;
  /** On the leaderboard; null for who did not ask for it. */
  readonly shownName: (userId: string) => Promise<string | null>;
  /** Deletes a person from every domain (P-31). */
  readonly forget: (userId: string) => Promise<void>;
}

/** `/app`: what stands above the guard is for everybody, what stands below for the signed-in. */
export function peoplePages(deps: PeoplePagesDeps) {
  const app = new Hono<AppEnv>();
  app.use("*", sameOrigin(deps.ownOrigins));
  app.route("/", entryRoutes(deps));
  app.route("/oauth", oauthPages(deps));
  app.get("/", (c) => c.redirect(APP_HOME, 303));

  app.use("*", personGuard);
  app.post("/logout", async (c) => {
    await deps.sessions.end(c);
    return c.redirect("/app/login?news=signedOut", 303);
  });
  const counted = { ...deps, pages: countedPages(deps.pages, deps.people) };
  app.route("/", contentRoutes(counted));
  app.route("/", practiceRoutes({ ...counted, ...deps.practice }));
  app.route("/", settingsRoutes(counted));
  app.route("/", securityRoutes(counted));
  return app;
}
