import { createRoute, type RouteHandler, z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import type { Audit } from "../../lib/audit/mod.ts";
import { AppError } from "../../lib/errors.ts";
import { MAX_LINE_BYTES, type MissionsService } from "../../lib/missions/mod.ts";
import { textLines } from "../../lib/text_lines.ts";
import type { AppEnv } from "../middleware/context.ts";
import { loginName, requirePermission } from "../middleware/guards.ts";
import { apiApp } from "./app.ts";
import { errors, json, success } from "./envelope.ts";
import { TO_CHANGE } from "./security.ts";

/** Where bodies may be of any length, and may take any time: they are read as they are stored. */
export const IMPORT_PATH = "/api/admin/import";

export interface ImportRoutesDeps {
  readonly missions: MissionsService;
  readonly audit: Audit;
}

/** `/api/admin/import`: takes in what `entity=facts` exported. */
export function importRoutes(deps: ImportRoutesDeps) {
  const app = apiApp();
  app.on("POST", "/import", requirePermission("administer"), requireLines);
  return app.openapi(importRoute, importFile(deps));
}

/** Media type of lines of JSON. */
export const LINES = "application/x-ndjson";

const reportSchema = z.object({
  lines: z.number(),
  imported: z.number().openapi({ description: "Facts that are stored now" }),
  known: z.number().openapi({ description: "Facts that were here before" }),
  refused: z.number().openapi({ description: "Lines that were left out" }),
  attempts: z.number().openapi({ description: "Attempts that are new here" }),
  faults: z.array(z.object({
    line: z.number(),
    message: z.string(),
    field: z.string().optional(),
    expected: z.string().optional(),
  })).openapi({ description: "Of the first hundred refused lines" }),
});

const importRoute = createRoute({
  method: "post",
  path: "/import",
  tags: ["admin"],
  summary: "Take in exported facts that are not here yet",
  security: TO_CHANGE,
  request: {
    body: {
      required: true,
      content: { [LINES]: { schema: z.string().openapi({ description: "A fact a line" }) } },
    },
  },
  responses: {
    200: json(success(reportSchema), "What became of the lines"),
    ...errors(401, 403, 409, 415, 429, 503),
  },
});

function importFile(
  { missions, audit }: ImportRoutesDeps,
): RouteHandler<typeof importRoute, AppEnv> {
  return async (c) => {
    const body = c.req.raw.body ?? new Blob().stream();
    const data = await missions.importFacts(textLines(body, { maxBytes: MAX_LINE_BYTES }));
    await audit.record({ action: "facts.imported", target: "", by: loginName(c) });
    return c.json({ success: true as const, data }, 200);
  };
}

/** Refuses bodies that are not declared as lines of JSON. */
export const requireLines: MiddlewareHandler<AppEnv> = async function requireLines(c, next) {
  const declared = c.req.header("content-type")?.split(";", 1)[0].trim().toLowerCase();
  if (declared !== LINES) {
    throw new AppError("UNSUPPORTED_MEDIA", "Body is not declared as lines of JSON", {
      details: { field: "Content-Type", expected: LINES },
    });
  }
  await next();
};
