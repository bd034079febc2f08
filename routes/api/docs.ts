import { Hono } from "hono";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../middleware/context.ts";
import { describeSecurity } from "./security.ts";

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Docent API</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/swagger-ui.js"></script>
<script src="docs/start.js"></script>
</body>
</html>`;

/** `validatorUrl: null` keeps the page from asking an outside service about our document. */
const START = `SwaggerUIBundle({
  url: "openapi.json", dom_id: "#swagger-ui", validatorUrl: null, deepLinking: true,
});`;

/** The UI sets styles in attributes and draws with data URLs; it asks no other host. */
const CSP = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

/**
 * `/api/openapi.json` and, self-hosted, `/api/docs`; both describe the routes of `api`.
 * @param sessionCookie name of the cookie of browsers' sessions
 */
export function docsRoutes(api: OpenAPIHono<AppEnv>, sessionCookie: string) {
  describeSecurity(api, sessionCookie);
  const app = new Hono<AppEnv>();
  app.get("/openapi.json", (c) =>
    c.json(api.getOpenAPI31Document({
      openapi: "3.1.0",
      info: { title: "Docent", version: "0.1.0", description: DESCRIPTION },
      servers: [{ url: "/" }],
    })));
  app.get("/docs", (c) => {
    c.header("content-security-policy", CSP);
    return c.html(PAGE);
  });
  // Read when first asked for: a server that shows no documentation saves five megabytes.
  app.get("/docs/swagger-ui.css", async (c) => {
    const css = await import("swagger-ui-dist/swagger-ui.css", { with: { type: "text" } });
    return c.body(css.default, 200, { "content-type": "text/css; charset=utf-8" });
  });
  app.get("/docs/swagger-ui.js", async (c) => {
    const js = await import("swagger-ui-dist/swagger-ui-bundle.js", { with: { type: "text" } });
    return c.body(js.default, 200, JS);
  });
  app.get("/docs/start.js", (c) => c.body(START, 200, JS));
  return app;
}

const JS = { "content-type": "text/javascript; charset=utf-8" };
const DESCRIPTION = "Missions of kiosk visitors, tracked in real time. " +
  "Events are streamed over the WebSocket at /ws.";
