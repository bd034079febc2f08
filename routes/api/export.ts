import { createRoute, type RouteHandler, z } from "@hono/zod-openapi";
import { toByteStream } from "../../lib/byte_stream.ts";
import type { Clock } from "../../lib/clock.ts";
import { BYTE_ORDER_MARK } from "../../lib/csv.ts";
import { AppError } from "../../lib/errors.ts";
import {
  codebookCsv,
  COLUMN_TYPES,
  type MissionsService,
  renderCsv,
  renderFacts,
  renderJson,
  renderNdjson,
  TABLES,
} from "../../lib/missions/mod.ts";
import { parsePeriod } from "../../lib/period.ts";
import { dateOf } from "../../lib/time_zone.ts";
import type { AppEnv } from "../middleware/context.ts";
import { requirePermission } from "../middleware/guards.ts";
import { apiApp } from "./app.ts";
import { errors, streamed, success } from "./envelope.ts";
import { missionTypesOf } from "./missions.ts";
import { TO_READ } from "./security.ts";

export interface ExportRoutesDeps {
  readonly clock: Clock;
  readonly missions: MissionsService;
  /** IANA name: dates are days there. */
  readonly timeZone: string;
}

/** `/api/admin/export` (M-18, T-M20). */
export function exportRoutes(deps: ExportRoutesDeps) {
  const app = apiApp();
  app.use("/export", requirePermission("study"));
  app.openapi(exportRoute, download(deps));
  app.use("/export/codebook", requirePermission("study"));
  app.openapi(codebookRoute, codebook(deps));
  return app;
}

const FORMATS = ["json", "csv", "ndjson"] as const;
type Format = (typeof FORMATS)[number];

const MEDIA_TYPES: Record<Format, string> = {
  json: "application/json; charset=utf-8",
  csv: "text/csv; charset=utf-8; header=present",
  ndjson: "application/x-ndjson",
};

/** An empty one is not given: a form sends its empty fields too. */
const bound = () =>
  z.string().max(40).transform((text) => text === "" ? undefined : text).optional();

const exportQuery = z.object({
  format: z.enum(FORMATS).optional().openapi({
    description: "json unless told otherwise; ndjson for entity=facts",
  }),
  entity: z.enum([...TABLES, "facts"]).default("attempts").openapi({
    description: "One record per attempt, event or review; facts can be imported elsewhere",
  }),
  missionType: z.string().max(20).default("all"),
  startDate: bound().openapi({
    description: "A date, a whole day in the exhibition's time zone, or a time with a zone",
    example: "2025-01-19",
  }),
  endDate: bound().openapi({
    description: "A date, which is included, or a time with a zone, which is not",
    example: "2025-01-25",
  }),
  bom: z.enum(["true", "false"]).default("true").openapi({
    description: "CSV begins with a byte order mark, by which Excel knows UTF-8",
  }),
});

const FILE_TEXT = "The file; X-Record-Count tells its records, except of facts, and " +
  "X-Attempts-Without-Events of how many attempts the events were removed because of their age";

const exportRoute = createRoute({
  method: "get",
  path: "/export",
  tags: ["admin"],
  summary: "Download attempts, events or reviews",
  security: TO_READ,
  request: { query: exportQuery },
  responses: {
    200: streamed(FILE_TEXT, {
      "application/json": z.object({
        exportedAt: z.iso.datetime(),
        recordCount: z.number(),
        attemptsWithoutEvents: z.number().optional(),
        data: z.array(z.record(z.string(), z.unknown())),
      }),
      "text/csv": z.string(),
      "application/x-ndjson": z.string(),
    }),
    ...errors(400, 401, 403, 429, 503),
  },
});

type ExportQuery = z.infer<typeof exportQuery>;

function download(deps: ExportRoutesDeps): RouteHandler<typeof exportRoute, AppEnv> {
  return async (c) => {
    const query = c.req.valid("query");
    const format = formatOf(query);
    const { texts, recordCount, withoutEvents } = await textsOf(query, format, deps);
    const day = dateOf(deps.clock.now(), deps.timeZone);
    const headers: Record<string, string> = {
      "content-type": MEDIA_TYPES[format],
      "content-disposition": `attachment; filename="mission_data_${day}.${format}"`,
      "cache-control": "no-store",
    };
    if (recordCount !== null) headers["x-record-count"] = String(recordCount);
    if (withoutEvents > 0) headers["x-attempts-without-events"] = String(withoutEvents);
    return c.body(toByteStream(texts), 200, headers);
  };
}

/** @throws AppError VALIDATION_ERROR for facts in another format than the one that has them */
function formatOf({ format, entity }: ExportQuery): Format {
  if (entity !== "facts") return format ?? "json";
  if (format === undefined || format === "ndjson") return "ndjson";
  throw new AppError("VALIDATION_ERROR", "Facts are exported as lines", {
    details: { field: "format", expected: "ndjson for entity=facts" },
  });
}

interface Texts {
  readonly texts: AsyncIterable<string>;
  /** Null where it is not known before the end. */
  readonly recordCount: number | null;
  /** Attempts whose events would be in it, had they not been removed because of their age. */
  readonly withoutEvents: number;
}

async function textsOf(
  { entity, bom, ...query }: ExportQuery,
  format: Format,
  { missions, clock, timeZone }: ExportRoutesDeps,
): Promise<Texts> {
  const started = {
    missionTypes: missionTypesOf(missions, query.missionType),
    period: parsePeriod(query.startDate, query.endDate, {
      now: clock.now(),
      timeZone,
      defaultDays: null,
    }),
  };
  if (entity === "facts") {
    const texts = renderFacts(await missions.openFacts(started));
    return { texts, recordCount: null, withoutEvents: 0 };
  }
  const opened = await missions.openExport(entity, started);
  switch (format) {
    case "json":
      return { ...opened, texts: renderJson(opened, opened) };
    case "ndjson":
      return { ...opened, texts: renderNdjson(opened) };
    case "csv":
      return { ...opened, texts: renderCsv(opened, { bom: bom === "true" }) };
  }
}

const codebookEntry = z.object({
  entity: z.enum(TABLES),
  name: z.string(),
  type: z.enum(COLUMN_TYPES),
  unit: z.string().nullable(),
  meaning: z.string(),
});

const codebookRoute = createRoute({
  method: "get",
  path: "/export/codebook",
  tags: ["admin"],
  summary: "Describe every column of the exports",
  security: TO_READ,
  request: { query: z.object({ format: z.enum(["json", "csv"]).default("json") }) },
  responses: {
    200: streamed("The columns", {
      "application/json": success(z.object({ columns: z.array(codebookEntry) })),
      "text/csv": z.string(),
    }),
    ...errors(400, 401, 403, 429),
  },
});

function codebook({ missions }: ExportRoutesDeps): RouteHandler<typeof codebookRoute, AppEnv> {
  return (c) => {
    const columns = missions.codebook();
    if (c.req.valid("query").format === "json") {
      return c.json({ success: true as const, data: { columns } }, 200);
    }
    return c.body(BYTE_ORDER_MARK + codebookCsv(columns), 200, {
      "content-type": MEDIA_TYPES.csv,
      "content-disposition": 'attachment; filename="codebook.csv"',
    });
  };
}
