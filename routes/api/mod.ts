import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppDeps } from "../app_deps.ts";
import type { AppEnv } from "../middleware/context.ts";
import { adminRoutes } from "./admin.ts";
import { analyticsRoutes } from "./analytics.ts";
import { annotationRoutes } from "./annotations.ts";
import { apiKeyRoutes } from "./api_keys.ts";
import { oauthRoutes } from "./auth/oauth.ts";
import { personalDataRoutes } from "./auth/personal_data.ts";
import { secondFactorRoutes } from "./auth/second_factor.ts";
import { sessionRoutes } from "./auth/sessions.ts";
import { signInRoutes } from "./auth/sign_in.ts";
import { profileRoutes, userRoutes } from "./auth/users.ts";
import { eventRoutes } from "./events.ts";
import { exclusionRoutes } from "./exclusions.ts";
import { exportRoutes } from "./export.ts";
import { importRoutes } from "./import.ts";
import { adminInterviewRoutes } from "./interviews/admin_overview.ts";
import { adminQuestionRoutes } from "./interviews/admin_questions.ts";
import { analysisRoutes } from "./interviews/analysis.ts";
import { interviewExportRoutes } from "./interviews/export.ts";
import { questionFileRoutes } from "./interviews/question_files.ts";
import { questionRoutes } from "./interviews/questions.ts";
import { recordingRoutes } from "./interviews/recordings.ts";
import { interviewLines } from "./interviews/session_view.ts";
import { interviewRoutes } from "./interviews/sessions.ts";
import { interviewStatsRoutes } from "./interviews/stats.ts";
import { kioskRoutes } from "./kiosks/devices.ts";
import { queueImportRoutes } from "./kiosks/import.ts";
import { registryRoutes } from "./kiosks/registry.ts";
import { maintenanceRoutes } from "./maintenance.ts";
import { metricsApiRoutes } from "./metrics.ts";
import { batchRoutes } from "./mission_batch.ts";
import { missionRoutes } from "./missions.ts";
import { activityRoutes } from "./people/activities.ts";
import { learningRoutes } from "./people/learning.ts";
import { notificationRoutes } from "./people/notifications.ts";
import { WEBSOCKET_PATHS, websocketRoutes } from "./websocket.ts";

type Api = OpenAPIHono<AppEnv>;

/** What the routes need besides: the origins whose pages may send a visitor's credentials. */
type ApiDeps = AppDeps & { readonly origins: readonly string[] };

/** Every route of the API. A path that two families share is answered by the one that stands first. */
export function mountApi(api: Api, deps: ApiDeps): void {
  // First: its guard is for all below /api/admin.
  mountAdministration(api, deps);
  mountMissions(api, deps);
  mountInterviews(api, deps);
  mountPeople(api, deps);
  mountSockets(api, deps);
}

function mountAdministration(api: Api, { auth, tokens, maintenance, apiKeys }: ApiDeps): void {
  api.route("/api/admin", adminRoutes({ auth, tokens }));
  api.route("/api/admin", maintenanceRoutes(maintenance));
  api.route("/api/admin", apiKeyRoutes(apiKeys));
}

function mountMissions(api: Api, deps: ApiDeps): void {
  const changes = { missions: deps.missions.missions, audit: deps.audit };
  api.route("/api/missions", missionRoutes(deps.missions));
  api.route("/api/missions", batchRoutes({ ...deps.missions, origins: deps.origins }));
  api.route("/api/kiosks", kioskRoutes(deps.kiosks));
  api.route("/api/analytics", analyticsRoutes(deps.analytics));
  api.route("/api/admin", exportRoutes(deps.exports));
  api.route("/api/admin", importRoutes(changes));
  api.route("/api/admin", exclusionRoutes(changes));
  api.route("/api/admin", annotationRoutes(changes));
  api.route("/api/admin", registryRoutes(deps.kiosks.kiosks));
  api.route("/api/admin", queueImportRoutes(deps.kiosks.importQueue));
}

function mountInterviews(api: Api, { interviews, audit }: ApiDeps): void {
  api.route("/api/sessions", interviewRoutes(interviews));
  api.route("/api/sessions", recordingRoutes(interviews));
  api.route("/api/analysis", analysisRoutes(interviews));
  api.route("/api/questions", questionRoutes(interviews));
  api.route("/api/analytics", interviewStatsRoutes(interviews));
  api.route("/api/analytics", interviewExportRoutes(interviews));
  api.route("/api/admin", adminInterviewRoutes(interviews));
  api.route("/api/admin", questionFileRoutes({ ...interviews, audit }));
  api.route("/api/admin", adminQuestionRoutes({ ...interviews, audit }));
}

function mountPeople(api: Api, deps: ApiDeps): void {
  const { auth, tokens, users, people, interviews } = deps;
  const linesOf = (userId: string) => interviewLines(interviews, userId);
  api.route("/api/auth", signInRoutes({ ...users, tokens }));
  api.route("/api/auth", oauthRoutes({ ...users, tokens, origins: deps.origins }));
  api.route("/api/auth", profileRoutes(users));
  api.route("/api/users", secondFactorRoutes(auth.secondFactor));
  api.route("/api/users", sessionRoutes(auth.sessions));
  api.route("/api/users", personalDataRoutes({ ...users, linesOf }));
  api.route("/api/users", userRoutes(users));
  // After the analytics that have names of their own: it takes a person's id in their place.
  api.route("/api/analytics", learningRoutes(people));
  api.route("/api/activities", activityRoutes(people.people));
  api.route("/api/notifications", notificationRoutes(people.people));
}

function mountSockets(api: Api, deps: ApiDeps): void {
  for (const path of WEBSOCKET_PATHS) api.route(path, websocketRoutes(deps.websocket));
  api.route("/api/events", eventRoutes(deps.events));
  api.route("/api/metrics", metricsApiRoutes(deps.figures));
}
