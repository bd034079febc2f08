import type { Hono, NotFoundHandler } from "hono";
import { METHOD_NAME_ALL } from "hono/router";
import { AppError } from "../../lib/errors.ts";
import type { AppEnv } from "./context.ts";
import { wantsPage } from "./wants_page.ts";

/** What is answered where no route took the request, for all routes in one place. */
export function noRoute(app: Hono<AppEnv>): NotFoundHandler<AppEnv> {
  return function noRoute(c) {
    const { method, path } = c.req;
    const methods = methodsAt(app, path);
    if (methods.length === 0 || methods.includes(method)) {
      throw new AppError("NOT_FOUND", "There is nothing at this address");
    }
    const allowed = [...methods, "OPTIONS"];
    if (method === "OPTIONS") return c.body(null, 204, { allow: allowed.join(", ") });
    const above = wantsPage(c) && method === "GET" ? pageAbove(app, path) : null;
    if (above !== null) return c.redirect(`${above}${new URL(c.req.url).search}`, 303);
    throw new AppError("METHOD_NOT_ALLOWED", "Address does not take this method", {
      details: { field: "method", expected: `one of ${allowed.join(", ")}`, methods: allowed },
    });
  };
}

/**
 * The page that a form stands on, from the address that it is sent to: there somebody is whose form
 * was refused, and who then reloads it or changes the language. Null where no page is above.
 */
function pageAbove(app: Hono<AppEnv>, path: string): string | null {
  const above = path.slice(0, path.lastIndexOf("/"));
  if (above === "") return null;
  return methodsAt(app, above).includes("GET") ? above : pageAbove(app, above);
}

/** The methods of the routes at a path. */
function methodsAt(app: Hono<AppEnv>, path: string): string[] {
  const known = new Set(app.routes.map((route) => route.method));
  // What stands there for every method is a guard, and no route.
  known.delete(METHOD_NAME_ALL);
  const taken = [...known].filter((method) => {
    const [handlers] = app.router.match(method, path);
    return handlers.some(([[, route]]) => route.method === method);
  });
  // Hono answers HEAD by what answers GET.
  return taken.flatMap((method) => method === "GET" ? ["GET", "HEAD"] : [method]);
}
