import type { MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { Clock } from "../../lib/clock.ts";
import type { Observation } from "../../lib/observation.ts";
import type { AppContext, AppEnv } from "./context.ts";

export interface ObserveDeps {
  readonly clock: Clock;
  readonly observation: Observation;
}

/** Times every request, those included that are refused before their route (M-20). */
export function observe({ clock, observation }: ObserveDeps): MiddlewareHandler<AppEnv> {
  return async function observe(c, next) {
    const started = clock.monotonic();
    await next();
    const labels = { method: c.req.method, route: routeOf(c), status: c.res.status };
    observation.httpRequest(labels, (clock.monotonic() - started) / 1000);
  };
}

/**
 * The pattern and not the path: a label must not have a value per attempt. Of all that match, the
 * one that answered; of a request that was refused before, the one that would have.
 */
function routeOf(c: AppContext): string {
  const left = matchedRoutes(c).slice(c.req.routeIndex);
  return left.find(({ path }) => !path.endsWith("*"))?.path ?? "unmatched";
}
