import { createRoute } from "@hono/zod-openapi";
import { analyticsQuerySchema, type Metrics } from "../../lib/metrics/mod.ts";
import { requireMetricsReader } from "../middleware/guards.ts";
import { apiApp } from "./app.ts";
import { errors, json, success } from "./envelope.ts";
import { dashboardQuery, dashboardSchema, metricsAnalyticsSchema } from "./metrics_schemas.ts";
import { TO_READ } from "./security.ts";

const tags = ["metrics"];

const dashboardRoute = createRoute({
  method: "get",
  path: "/dashboard",
  tags,
  summary: "All figures of the metrics dashboard",
  security: [{ apiKey: [] }, ...TO_READ],
  request: { query: dashboardQuery },
  responses: { 200: json(success(dashboardSchema), "Figures"), ...errors(400, 401, 403, 429, 503) },
});

const analyticsRoute = createRoute({
  method: "get",
  path: "/analytics",
  tags,
  summary: "Figures of the events of a period",
  security: [{ apiKey: [] }, ...TO_READ],
  request: { query: analyticsQuerySchema },
  responses: {
    200: json(success(metricsAnalyticsSchema), "Figures"),
    ...errors(400, 401, 403, 429, 503),
  },
});

/** `/api/metrics` (document 2, section 3; T-E12). */
export function metricsApiRoutes(metrics: Pick<Metrics, "dashboard" | "analytics">) {
  const app = apiApp();
  app.use("*", requireMetricsReader);
  app.openapi(dashboardRoute, async (c) => {
    const dashboard = await metrics.dashboard(c.req.valid("query").window);
    return c.json({ success: true as const, data: dashboard }, 200);
  });
  app.openapi(analyticsRoute, async (c) => {
    const analytics = await metrics.analytics(c.req.valid("query"));
    return c.json({ success: true as const, data: analytics }, 200);
  });
  return app;
}
