import { createRoute, type RouteHandler, z } from "@hono/zod-openapi";
import type { QueueReport } from "../../../lib/kiosks/mod.ts";
import { MAX_QUEUE_LINE_BYTES } from "../../../lib/kiosks/mod.ts";
import { type TextLine, textLines } from "../../../lib/text_lines.ts";
import type { AppEnv } from "../../middleware/context.ts";
import { loginName, requirePermission } from "../../middleware/guards.ts";
import { apiApp } from "../app.ts";
import { errors, json, success } from "../envelope.ts";
import { LINES, requireLines } from "../import.ts";
import { TO_CHANGE } from "../security.ts";

/** Where bodies may be larger, and may take any time. */
export const QUEUE_IMPORT_PATH = "/api/admin/kiosks/import";

/** Takes in a queue's file for somebody. */
export type ImportQueue = (lines: AsyncIterable<TextLine>, by: string) => Promise<QueueReport>;

/** `/api/admin/kiosks/import`: what was carried here from a kiosk without a network. */
export function queueImportRoutes(importQueue: ImportQueue) {
  const app = apiApp();
  app.on("POST", "/kiosks/import", requirePermission("operate"), requireLines);
  return app.openapi(importRoute, importFile(importQueue));
}

const reportSchema = z.object({
  kioskId: z.string(),
  exportedAt: z.iso.datetime().openapi({ description: "By the kiosk's clock" }),
  attempts: z.number(),
  events: z.number(),
  stored: z.number().openapi({ description: "Events that are stored now" }),
  known: z.number().openapi({ description: "Events that were here before" }),
  refused: z.number().openapi({ description: "Events, and whole parts, that are not taken" }),
  faults: z.array(z.object({
    attemptId: z.string().nullable(),
    code: z.string(),
    message: z.string(),
    field: z.string().optional(),
    expected: z.string().optional(),
  })).openapi({ description: "Of the first hundred refused ones" }),
});

const importRoute = createRoute({
  method: "post",
  path: "/kiosks/import",
  tags: ["admin"],
  summary: "Take in a kiosk's queue that was carried here as a file",
  description: "Signed with a key that the kiosk has or had. The same file again changes nothing.",
  security: TO_CHANGE,
  request: {
    body: {
      required: true,
      content: { [LINES]: { schema: z.string().openapi({ description: "As it was exported" }) } },
    },
  },
  responses: {
    200: json(success(reportSchema), "What became of the events"),
    ...errors(400, 401, 403, 404, 413, 415, 429, 503),
  },
});

function importFile(importQueue: ImportQueue): RouteHandler<typeof importRoute, AppEnv> {
  return async (c) => {
    const body = c.req.raw.body ?? new Blob().stream();
    const lines = textLines(body, { maxBytes: MAX_QUEUE_LINE_BYTES });
    const data = await importQueue(lines, loginName(c));
    return c.json({ success: true as const, data: { ...data, faults: [...data.faults] } }, 200);
  };
}
