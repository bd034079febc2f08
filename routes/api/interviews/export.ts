import { createRoute, z } from "@hono/zod-openapi";
import { toByteStream } from "../../../lib/byte_stream.ts";
import { toIso } from "../../../lib/clock.ts";
import { BYTE_ORDER_MARK, csvLine } from "../../../lib/csv.ts";
import { type Interviews, timeSpentSec } from "../../../lib/interviews/mod.ts";
import { requireLogin, whoOf } from "../../middleware/guards.ts";
import { requireJson } from "../../middleware/json_body.ts";
import { perPerson } from "../../middleware/rate_limit.ts";
import { apiApp } from "../app.ts";
import { errors, jsonBody, streamed } from "../envelope.ts";
import { TO_CHANGE } from "../security.ts";
import { interviewLines } from "./session_view.ts";
import type { InterviewRoutesDeps } from "./sessions.ts";

const PAGE = 50;
const COLUMNS = [
  "session_id",
  "category",
  "status",
  "started_at",
  "question_id",
  "question",
  "answered_at",
  "time_spent_sec",
  "total_score",
];

const exportRoute = createRoute({
  method: "post",
  path: "/export",
  tags: ["interview analytics"],
  summary: "Your practice as a file",
  description: "JSON has everything, one line for each interview; CSV has a row for each question.",
  security: TO_CHANGE,
  request: { body: jsonBody(z.object({ format: z.enum(["json", "csv"]).default("json") })) },
  responses: {
    200: streamed("The file", {
      "application/x-ndjson": z.string(),
      "text/csv": z.string(),
    }),
    ...errors(400, 401, 403, 413, 415, 429, 503),
  },
});

/** `POST /api/analytics/export` (P-12): streamed, so that a long practice is no large answer. */
export function interviewExportRoutes(deps: InterviewRoutesDeps) {
  const { clock, interviews, settings } = deps;
  const app = apiApp();
  const allowance = { requests: settings.exportsPerHour, seconds: 3_600 };
  app.use("/export", requireLogin);
  app.on("POST", "/export", requireJson, perPerson({ clock, allowance }));

  app.openapi(exportRoute, (c) => {
    const { userId } = whoOf(c);
    const { format } = c.req.valid("json");
    const isCsv = format === "csv";
    const name = isCsv ? "my-practice.csv" : "my-practice.ndjson";
    c.header("content-type", `${isCsv ? "text/csv" : "application/x-ndjson"}; charset=utf-8`);
    c.header("content-disposition", `attachment; filename="${name}"`);
    c.header("cache-control", "no-store");
    const lines = isCsv ? csvLines(interviews, userId) : jsonLines(deps, userId);
    return c.body(toByteStream(timed(deps, lines)));
  });
  return app;
}

/** Tells how long it took to the last line; of what is broken off nothing is told. */
async function* timed(
  { clock, onExported }: InterviewRoutesDeps,
  lines: AsyncIterable<string>,
): AsyncGenerator<string> {
  const startedAt = clock.monotonic();
  yield* lines;
  onExported((clock.monotonic() - startedAt) / 1000);
}

async function* jsonLines(deps: InterviewRoutesDeps, userId: string): AsyncGenerator<string> {
  const { stats } = deps.interviews;
  const summary = { ...await stats.figures(userId), skills: await stats.skills(userId) };
  yield `${JSON.stringify({ kind: "stats", ...summary })}\n`;
  for await (const line of interviewLines(deps, userId)) yield `${JSON.stringify(line)}\n`;
}

async function* csvLines(
  { sessions, catalogue }: Interviews,
  userId: string,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(COLUMNS);
  for (let offset = 0;; offset += PAGE) {
    const page = (await sessions.list(userId, { limit: PAGE, offset })).sessions;
    for (const { sessionId, category, status, startedAt, asked } of page) {
      for (const it of asked) {
        yield csvLine([
          sessionId,
          category,
          status,
          toIso(startedAt),
          it.questionId,
          catalogue.find(it.questionId)?.question ?? null,
          it.answeredAt === null ? null : toIso(it.answeredAt),
          timeSpentSec(it),
          it.totalScore,
        ]);
      }
    }
    if (page.length < PAGE) return;
  }
}
