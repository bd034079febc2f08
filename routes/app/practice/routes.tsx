import { Hono } from "hono";
import type { AppEnv } from "../../middleware/context.ts";
import { type FeedbackDeps, feedbackRoutes } from "./feedback_routes.tsx";
import { sessionRoutes } from "./session_routes.tsx";
import { type StartDeps, startRoutes } from "./start_routes.tsx";

export interface PracticeDeps extends StartDeps, FeedbackDeps {}

/** `/app/practice`: interviews of the signed-in, by forms that work without script (P-38). */
export function practiceRoutes(deps: PracticeDeps) {
  const app = new Hono<AppEnv>();
  app.route("/", startRoutes(deps));
  app.route("/", feedbackRoutes(deps));
  app.route("/", sessionRoutes(deps));
  return app;
}
