import { createRoute, z } from "@hono/zod-openapi";
import { isSameText } from "../lib/auth/same_text.ts";
import { AppError } from "../lib/errors.ts";
import type { Observation } from "../lib/observation.ts";
import { apiApp } from "./api/app.ts";
import { errors } from "./api/envelope.ts";
import type { AppContext } from "./middleware/context.ts";

export interface MetricsDeps {
  readonly observation: Observation;
  readonly enabled: boolean;
  /** Lets others than loopback and the signed-in read; null for none. */
  readonly token: string | null;
}

const metricsRoute = createRoute({
  method: "get",
  path: "/metrics",
  tags: ["operation"],
  summary: "Measurements in Prometheus' format",
  responses: {
    200: { description: "Measurements", content: { "text/plain": { schema: z.string() } } },
    ...errors(401, 404),
  },
});

/** `/metrics` in Prometheus' format (M-20, T-M22). */
export function metricsRoutes({ observation, enabled, token }: MetricsDeps) {
  return apiApp().openapi(metricsRoute, async (c) => {
    if (!enabled) throw new AppError("NOT_FOUND", "Metrics are switched off");
    if (!mayRead(c, token)) throw new AppError("AUTH_FAILED", "Metrics need their token");
    return c.text(await observation.expose(), 200, { "content-type": observation.contentType });
  });
}

function mayRead(c: AppContext, token: string | null): boolean {
  if (c.var.isLocal || c.var.principal.kind === "login") return true;
  return token !== null && isSameText(token, c.req.query("token") ?? "");
}
