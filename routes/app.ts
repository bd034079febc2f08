import { Hono } from "hono";
import { except } from "hono/combine";
import { cors } from "hono/cors";
import type { Audit } from "../lib/audit/mod.ts";
import type { ApiKeys } from "../lib/auth/api_keys.ts";
import type { Auth } from "../lib/auth/mod.ts";
import type { Tokens } from "../lib/auth/tokens.ts";
import type { Clock } from "../lib/clock.ts";
import type { Config } from "../lib/config/mod.ts";
import type { Logger } from "../lib/logger.ts";
import type { Metrics } from "../lib/metrics/mod.ts";
import { type AdminDeps, adminPages } from "./admin/app.tsx";
import { QUESTIONS_UPLOAD_PATH } from "./admin/interviews/question_routes.tsx";
import { UPLOAD_PATH } from "./admin/import_routes.tsx";
import { QUEUE_UPLOAD_PATH } from "./admin/kiosks_import.tsx";
import { WEBSOCKET_PATHS, websocketRoutes, type WebsocketRoutesDeps } from "./api/websocket.ts";
import { sendErrorPage } from "./admin/error_page.tsx";
import { peoplePages } from "./app/app.tsx";
import type { EventStreamDeps } from "./admin/event_stream.ts";
import { createPages } from "./admin/pages.ts";
import { adminRoutes } from "./api/admin.ts";
import { apiKeyRoutes } from "./api/api_keys.ts";
import { analyticsRoutes, type AnalyticsRoutesDeps } from "./api/analytics.ts";
import { annotationRoutes } from "./api/annotations.ts";
import { apiApp } from "./api/app.ts";
import { signInRoutes } from "./api/auth/sign_in.ts";
import { oauthRoutes } from "./api/auth/oauth.ts";
import { personalDataRoutes } from "./api/auth/personal_data.ts";
import { sessionRoutes } from "./api/auth/sessions.ts";
import { secondFactorRoutes } from "./api/auth/second_factor.ts";
import { profileRoutes, userRoutes, type UserRoutesDeps } from "./api/auth/users.ts";
import { docsRoutes } from "./api/docs.ts";
import { eventRoutes, type EventRoutesDeps } from "./api/events.ts";
import { exclusionRoutes } from "./api/exclusions.ts";
import { exportRoutes, type ExportRoutesDeps } from "./api/export.ts";
import { IMPORT_PATH, importRoutes } from "./api/import.ts";
import { adminInterviewRoutes } from "./api/interviews/admin_overview.ts";
import { adminQuestionRoutes } from "./api/interviews/admin_questions.ts";
import { interviewExportRoutes } from "./api/interviews/export.ts";
import {
  MAX_FILE_BYTES,
  questionFileRoutes,
  QUESTIONS_IMPORT_PATH,
} from "./api/interviews/question_files.ts";
import { interviewLines } from "./api/interviews/session_view.ts";
import { interviewStatsRoutes } from "./api/interviews/stats.ts";
import { analysisRoutes } from "./api/interviews/analysis.ts";
import { questionRoutes } from "./api/interviews/questions.ts";
import { RECORDING_PATH, recordingRoutes } from "./api/interviews/recordings.ts";
import { interviewRoutes, type InterviewRoutesDeps } from "./api/interviews/sessions.ts";
import { kioskRoutes, type KioskRoutesDeps } from "./api/kiosks/devices.ts";
import { type ImportQueue, QUEUE_IMPORT_PATH, queueImportRoutes } from "./api/kiosks/import.ts";
import { registryRoutes } from "./api/kiosks/registry.ts";
import { activityRoutes } from "./api/people/activities.ts";
import { learningRoutes, type LearningRoutesDeps } from "./api/people/learning.ts";
import { notificationRoutes } from "./api/people/notifications.ts";
import { maintenanceRoutes, type MaintenanceRoutesDeps } from "./api/maintenance.ts";
import { metricsApiRoutes } from "./api/metrics.ts";
import { batchRoutes, type BatchRoutesDeps } from "./api/mission_batch.ts";
import { missionRoutes, type MissionRoutesDeps } from "./api/missions.ts";
import type { Assets } from "./assets.ts";
import { demoKioskRoutes } from "./demo_kiosk.tsx";
import { type HealthDeps, healthRoutes } from "./health.ts";
import { type MetricsDeps, metricsRoutes } from "./metrics.ts";
import { bodyDeadline } from "./middleware/body_deadline.ts";
import { allowances } from "./middleware/allowances.ts";
import { createBrowserSessions } from "./middleware/browser_sessions.ts";
import {
  type AppContext,
  type AppEnv,
  isStillSignedIn,
  refuseBadCredential,
  requestContext,
  type RequestContextDeps,
} from "./middleware/context.ts";
import { isFault, renderError, sendError, toAppError } from "./middleware/errors.ts";
import { limitBody, limitBodyTo } from "./middleware/json_body.ts";
import { noRoute } from "./middleware/no_route.ts";
import { observe } from "./middleware/observe.ts";
import { pageHeaders } from "./middleware/page_headers.ts";
import { rateLimit } from "./middleware/rate_limit.ts";
import { wantsPage } from "./middleware/wants_page.ts";

export interface AppDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly http: Config["http"];
  readonly limits: Config["limits"];
  /** Cookies are for HTTPS, and browsers are told to come by nothing else. */
  readonly production: boolean;
  /** Of the exhibition, IANA name. */
  readonly timeZone: string;
  /** Whether `/kiosk` plays the missions. */
  readonly demoKiosk: boolean;
  readonly auth: Auth;
  readonly tokens: Tokens;
  readonly assets: Assets;
  readonly context: Omit<RequestContextDeps, "sessions">;
  readonly admin: Pick<AdminDeps, "content"> & {
    readonly live: Omit<AdminDeps["live"], "isSignedIn">;
    readonly metrics: Omit<AdminDeps["metrics"], "isSignedIn">;
    readonly kiosks: Omit<AdminDeps["kiosks"], "isSignedIn" | "importQueue">;
  };
  readonly missions: MissionRoutesDeps & Omit<BatchRoutesDeps, "origins">;
  readonly analytics: AnalyticsRoutesDeps;
  readonly events: EventRoutesDeps;
  /** Of events of any kind; `metrics` are Prometheus' own. */
  readonly figures: Pick<Metrics, "dashboard" | "analytics">;
  readonly apiKeys: ApiKeys;
  readonly audit: Audit;
  readonly mailer: AdminDeps["administration"]["mailer"];
  readonly exports: ExportRoutesDeps;
  readonly people: LearningRoutesDeps;
  readonly users: UserRoutesDeps;
  readonly maintenance: MaintenanceRoutesDeps;
  readonly websocket: WebsocketRoutesDeps;
  readonly interviews: InterviewRoutesDeps;
  /** Of the pages on which people wait for their feedback. */
  readonly practice: Omit<EventStreamDeps, "isSignedIn">;
  readonly kiosks: KioskRoutesDeps & { readonly importQueue: ImportQueue };
  readonly health: HealthDeps;
  readonly metrics: MetricsDeps;
}

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
  const { clock, logger, auth, tokens, production } = deps;
  const sessions = createBrowserSessions({ auth, secure: production });
  const pages = createPages({ timeZone: deps.timeZone, asset: deps.assets.href });
  const app = new Hono<AppEnv>();

  app.onError((cause, c) => {
    const error = toAppError(cause);
    const requestId = c.var.requestId ?? "unknown";
    if (isFault(error)) {
      logger.error("Request failed", { requestId, path: c.req.path, error: cause });
    }
    const rendered = renderError(error, requestId, clock.now());
    return wantsPage(c) ? sendErrorPage(c, pages, rendered) : sendError(c, rendered);
  });
  app.notFound(noRoute(app));

  app.route("/", deps.assets.app);
  app.use("/api/*", corsOf(deps.http));
  app.use("*", observe({ clock, observation: deps.metrics.observation }));
  for (const pagesOf of ["/admin/*", "/app/*", "/kiosk"]) {
    app.use(pagesOf, pageHeaders({ hsts: production }));
  }
  // No limit for it: the kiosks of a hall have one address.
  if (deps.demoKiosk) app.route("/kiosk", demoKioskRoutes({ asset: deps.assets.href }));
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
  const { login, setupLink } = auth;
  const ownOrigins = ownOriginsOf(deps.http);
  const origins = [...ownOrigins, ...deps.http.allowedOrigins];
  const isSignedIn = (c: AppContext) => isStillSignedIn(c, context);
  api.route(
    "/admin",
    adminPages({
      content: deps.admin.content,
      live: { ...deps.admin.live, isSignedIn },
      metrics: { ...deps.admin.metrics, isSignedIn },
      kiosks: { ...deps.admin.kiosks, isSignedIn, importQueue: deps.kiosks.importQueue },
      administration: {
        apiKeys: deps.apiKeys,
        audit: deps.audit,
        mailer: deps.mailer,
        directory: auth.directory,
        interviews: deps.interviews.interviews,
      },
      pages,
      login,
      setupLink,
      sessions,
      ownOrigins,
    }),
  );
  api.route(
    "/app",
    peoplePages({
      ...deps.users,
      ...deps.people,
      practice: { ...deps.practice, ...deps.interviews, isSignedIn },
      pages,
      sessions,
      ownOrigins,
    }),
  );
  api.route("/api/missions", missionRoutes(deps.missions));
  api.route("/api/missions", batchRoutes({ ...deps.missions, origins }));
  api.route("/api/kiosks", kioskRoutes(deps.kiosks));
  api.route("/api/analytics", analyticsRoutes(deps.analytics));
  api.route("/api/analytics", interviewStatsRoutes(deps.interviews));
  api.route("/api/analytics", interviewExportRoutes(deps.interviews));
  api.route("/api/analytics", learningRoutes(deps.people));
  api.route("/api/auth", signInRoutes({ ...deps.users, tokens }));
  api.route("/api/auth", oauthRoutes({ ...deps.users, tokens, origins }));
  api.route("/api/auth", profileRoutes(deps.users));
  api.route("/api/users", secondFactorRoutes(auth.secondFactor));
  api.route("/api/users", sessionRoutes(auth.sessions));
  api.route(
    "/api/users",
    personalDataRoutes({
      ...deps.users,
      linesOf: (userId) => interviewLines(deps.interviews, userId),
    }),
  );
  api.route("/api/users", userRoutes(deps.users));
  api.route("/api/activities", activityRoutes(deps.people.people));
  api.route("/api/notifications", notificationRoutes(deps.people.people));
  api.route("/api/sessions", interviewRoutes(deps.interviews));
  api.route("/api/sessions", recordingRoutes(deps.interviews));
  api.route("/api/analysis", analysisRoutes(deps.interviews));
  api.route("/api/questions", questionRoutes(deps.interviews));
  for (const path of WEBSOCKET_PATHS) api.route(path, websocketRoutes(deps.websocket));
  api.route("/api/events", eventRoutes(deps.events));
  api.route("/api/metrics", metricsApiRoutes(deps.figures));
  api.route("/api/admin", adminRoutes({ auth, tokens }));
  api.route("/api/admin", maintenanceRoutes(deps.maintenance));
  api.route("/api/admin", exportRoutes(deps.exports));
  const changes = { missions: deps.missions.missions, audit: deps.audit };
  api.route("/api/admin", importRoutes(changes));
  api.route("/api/admin", exclusionRoutes(changes));
  api.route("/api/admin", annotationRoutes(changes));
  api.route("/api/admin", adminInterviewRoutes(deps.interviews));
  api.route("/api/admin", questionFileRoutes({ ...deps.interviews, audit: deps.audit }));
  api.route("/api/admin", adminQuestionRoutes({ ...deps.interviews, audit: deps.audit }));
  api.route("/api/admin", apiKeyRoutes(deps.apiKeys));
  api.route("/api/admin", registryRoutes(deps.kiosks.kiosks));
  api.route("/api/admin", queueImportRoutes(deps.kiosks.importQueue));
  app.route("/", api);
  return app;
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
