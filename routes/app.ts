import { Hono } from "hono";
import { except } from "hono/combine";
import { cors } from "hono/cors";
import type { Config } from "../lib/config/mod.ts";
import { sendErrorPage } from "./pages/error_page.tsx";
import { UPLOAD_PATH } from "./admin/import_routes.tsx";
import { QUESTIONS_UPLOAD_PATH } from "./admin/interviews/question_routes.tsx";
import { QUEUE_UPLOAD_PATH } from "./admin/kiosks_import.tsx";
import { createPages, type Pages } from "./pages/pages.ts";
import { apiApp } from "./api/app.ts";
import { docsRoutes } from "./api/docs.ts";
import { IMPORT_PATH } from "./api/import.ts";
import { MAX_FILE_BYTES, QUESTIONS_IMPORT_PATH } from "./api/interviews/question_files.ts";
import { RECORDING_PATH } from "./api/interviews/recordings.ts";
import { QUEUE_IMPORT_PATH } from "./api/kiosks/import.ts";
import { mountApi } from "./api/mod.ts";
import type { AppDeps } from "./app_deps.ts";
import { demoKioskRoutes } from "./demo_kiosk.tsx";
import { healthRoutes } from "./health.ts";
import { metricsRoutes } from "./metrics.ts";
import { allowances } from "./middleware/allowances.ts";
import { bodyDeadline } from "./middleware/body_deadline.ts";
import { createBrowserSessions } from "./middleware/browser_sessions.ts";
import {
  type AppContext,
  type AppEnv,
  isStillSignedIn,
  refuseBadCredential,
  requestContext,
} from "./middleware/context.ts";
import { isFault, renderError, sendError, toAppError, withStack } from "./middleware/errors.ts";
import { limitBody, limitBodyTo } from "./middleware/json_body.ts";
import { noRoute } from "./middleware/no_route.ts";
import { observe } from "./middleware/observe.ts";
import { pageHeaders } from "./middleware/page_headers.ts";
import { rateLimit } from "./middleware/rate_limit.ts";
import { wantsPage } from "./middleware/wants_page.ts";
import { mountPages } from "./pages/mount.ts";

/** Where files come in, which have bounds of their own. */
const LARGER_BODIES = [
  IMPORT_PATH,
  UPLOAD_PATH,
  QUESTIONS_IMPORT_PATH,
  QUESTIONS_UPLOAD_PATH,
  QUEUE_IMPORT_PATH,
  QUEUE_UPLOAD_PATH,
  RECORDING_PATH,
];

/** Every mount, top to bottom, guards next to what they guard. */
export function createApp(deps: AppDeps): Hono<AppEnv> {
  const { clock, auth, production } = deps;
  const sessions = createBrowserSessions({ auth, secure: production });
  const pages = createPages({ timeZone: deps.timeZone, asset: deps.assets.href });
  const app = new Hono<AppEnv>();
  answerErrors(app, { ...deps, pages });

  app.route("/", deps.assets.app);
  app.use("/api/*", corsOf(deps.http));
  app.use("*", observe({ clock, observation: deps.metrics.observation }));
  for (const pagesOf of ["/admin/*", "/app/*", "/kiosk"]) {
    app.use(pagesOf, pageHeaders({ hsts: production }));
  }
  // No limit for it: the kiosks of a hall have one address.
  if (deps.demoKiosk !== null) {
    app.route("/kiosk", demoKioskRoutes({ assets: deps.assets, ...deps.demoKiosk }));
  }
  const context = { ...deps.context, sessions };
  app.use("*", requestContext(context));

  const api = apiApp();
  // Before the limits: a probe must not be refused.
  api.route("/", healthRoutes(deps.health));
  api.route("/", metricsRoutes(deps.metrics));
  app.route("/api", docsRoutes(api, sessions.cookieName));
  api.use("*", rateLimit({ clock, allow: allowances(deps.limits) }));
  api.use("*", refuseBadCredential);
  api.use("*", except(LARGER_BODIES, bodyDeadline(), limitBody));
  api.use(QUESTIONS_UPLOAD_PATH, bodyDeadline(), limitBodyTo(MAX_FILE_BYTES));
  const ownOrigins = ownOriginsOf(deps.http);
  const isSignedIn = (c: AppContext) => isStillSignedIn(c, context);
  mountPages(api, { ...deps, pages, sessions, ownOrigins, isSignedIn });
  mountApi(api, { ...deps, origins: [...ownOrigins, ...deps.http.allowedOrigins] });
  app.route("/", api);
  return app;
}

/** In the one form of errors: JSON, or a page for who asked for one. */
function answerErrors(
  app: Hono<AppEnv>,
  { clock, logger, pages, showsFaults }:
    & Pick<AppDeps, "clock" | "logger" | "showsFaults">
    & { readonly pages: Pages },
): void {
  app.onError((cause, c) => {
    const error = toAppError(cause);
    const requestId = c.var.requestId ?? "unknown";
    if (isFault(error)) {
      const operation = `${c.req.method} ${c.req.path}`;
      logger.error("Request failed", { operation, ...whose(c), requestId, error: cause });
    }
    const rendered = renderError(error, requestId, clock.now());
    if (wantsPage(c)) return sendErrorPage(c, pages, rendered);
    const isShown = showsFaults && isFault(error) && c.var.isLocal;
    return sendError(c, isShown ? withStack(rendered, cause) : rendered);
  });
  app.notFound(noRoute(app));
}

/** Nobody where the request broke before it was known who asks. */
function whose({ var: { principal } }: AppContext) {
  return principal?.kind === "login" ? { userId: principal.who.userId } : {};
}

/** Where clients reach our own pages, if a proxy stands between. */
function ownOriginsOf({ publicUrl }: Config["http"]): string[] {
  return publicUrl === null ? [] : [new URL(publicUrl).origin];
}

/** Same origin only, unless origins are named (M-61, T-M26). */
function corsOf({ allowedOrigins }: Config["http"]) {
  return cors({
    origin: [...allowedOrigins],
    credentials: true,
    allowHeaders: [
      "authorization",
      "content-type",
      "idempotency-key",
      "upload-offset",
      "x-kiosk-key",
      "x-api-key",
    ],
    exposeHeaders: ["retry-after", "upload-length", "upload-offset", "x-request-id"],
    maxAge: 600,
  });
}
