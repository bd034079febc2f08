import type { OpenAPIHono } from "@hono/zod-openapi";
import { adminPages } from "../admin/app.tsx";
import type { Pages } from "./pages.ts";
import { peoplePages } from "../app/app.tsx";
import type { AppDeps } from "../app_deps.ts";
import type { BrowserSessions } from "../middleware/browser_sessions.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";

interface PageDeps extends AppDeps {
  readonly pages: Pages;
  readonly sessions: BrowserSessions;
  /** Where clients reach our own pages, if a proxy stands between. */
  readonly ownOrigins: readonly string[];
  /** Whether who opened a stream may still read it. */
  readonly isSignedIn: (c: AppContext) => Promise<boolean>;
}

type Api = OpenAPIHono<AppEnv>;

/** The pages of those who run the exhibition, and of people who practise. */
export function mountPages(api: Api, deps: PageDeps): void {
  api.route("/admin", operatorPages(deps));
  api.route("/app", personalPages(deps));
}

function operatorPages({ admin, auth, kiosks, isSignedIn, ...deps }: PageDeps) {
  const { pages, sessions, ownOrigins } = deps;
  return adminPages({
    content: admin.content,
    live: { ...admin.live, isSignedIn },
    metrics: { ...admin.metrics, isSignedIn },
    kiosks: { ...admin.kiosks, isSignedIn, importQueue: kiosks.importQueue },
    administration: {
      apiKeys: deps.apiKeys,
      audit: deps.audit,
      mailer: deps.mailer,
      directory: auth.directory,
      interviews: deps.interviews.interviews,
    },
    login: auth.login,
    setupLink: auth.setupLink,
    pages,
    sessions,
    ownOrigins,
  });
}

function personalPages({ practice, interviews, isSignedIn, ...deps }: PageDeps) {
  const { pages, sessions, ownOrigins } = deps;
  return peoplePages({
    ...deps.users,
    ...deps.people,
    practice: { ...practice, ...interviews, isSignedIn },
    pages,
    sessions,
    ownOrigins,
  });
}
