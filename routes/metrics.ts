import { Hono } from "hono";
import { AppError } from "../lib/errors.ts";
import type { Observation } from "../lib/observation.ts";
import type { AppContext, AppEnv } from "./middleware/context.ts";

export interface MetricsDeps {
  readonly observation: Observation;
  readonly enabled: boolean;
  /** Lets others than loopback and the signed-in read; null for none. */
  readonly token: string | null;
}

/** `/metrics` in Prometheus' format (M-20, T-M22). */
export function metricsRoutes({ observation, enabled, token }: MetricsDeps) {
  const app = new Hono<AppEnv>();
  app.get("/metrics", async (c) => {
    if (!enabled) throw new AppError("NOT_FOUND", "Metrics are switched off");
    if (!mayRead(c, token)) throw new AppError("AUTH_FAILED", "Metrics need their token");
    return c.body(await observation.expose(), 200, { "content-type": observation.contentType });
  });
  return app;
}

function mayRead(c: AppContext, token: string | null): boolean {
  if (c.var.isLocal || c.var.principal.kind === "login") return true;
  return token !== null && c.req.query("token") === token;
}
