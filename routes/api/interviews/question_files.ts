import { createRoute, z } from "@hono/zod-openapi";
import { MAX_QUESTIONS, type Question } from "../../../lib/interviews/mod.ts";
import { loginName, requirePermission } from "../../middleware/guards.ts";
import { bodyDeadline } from "../../middleware/body_deadline.ts";
import { limitBodyTo, requireJson } from "../../middleware/json_body.ts";
import { apiApp } from "../app.ts";
import { errors, json, jsonBody, success } from "../envelope.ts";
import { TO_CHANGE, TO_READ } from "../security.ts";
import type { AdminQuestionsDeps } from "./admin_questions.ts";
import { questionIdSchema } from "./params.ts";
import { newQuestionSchema } from "./question_shapes.ts";

const tags = ["interview questions"];

export const QUESTIONS_IMPORT_PATH = "/api/admin/questions/import";

/** A full bank, of questions twice as long as those that come with the program. */
export const MAX_FILE_BYTES = 16 * 2 ** 20;

/** A question that names an id is put in the place of the one with that id. */
const fileSchema = newQuestionSchema.extend({ id: questionIdSchema.optional() });

/** A file of questions, as it is exported and imported. */
export const questionFileSchema = z.object({
  questions: z.array(fileSchema).min(1).max(MAX_QUESTIONS),
});

/** All questions as a file. */
export function toFile(all: readonly Question[]): z.infer<typeof questionFileSchema> {
  const questions = all.map((
    {
      questionId: id,
      createdBy: _by,
      createdAt: _at,
      updatedAt: _changed,
      draftOf: _for,
      ...question
    },
  ) => ({ id, ...question }));
  return { questions };
}

const exportRoute = createRoute({
  method: "get",
  path: "/questions/export",
  tags,
  summary: "All questions with their solutions, in the form that the import takes",
  security: TO_READ,
  responses: {
    200: json(z.object({ questions: z.array(fileSchema) }), "A file"),
    ...errors(401, 403, 429, 503),
  },
});

const importRoute = createRoute({
  method: "post",
  path: "/questions/import",
  tags,
  summary: "Add questions, and change those whose id is named",
  description: `As many as the bank holds, ${MAX_QUESTIONS} and ${MAX_FILE_BYTES / 2 ** 20} MiB. ` +
    "All or none: one that is not valid, or an id that is not known, refuses them all.",
  security: TO_CHANGE,
  request: {
    body: jsonBody(questionFileSchema),
  },
  responses: {
    200: json(success(z.object({ added: z.number(), changed: z.number() })), "Imported"),
    ...errors(400, 401, 403, 404, 409, 413, 415, 429, 503),
  },
});

/** Questions as files, under `/api/admin` (P-13). */
export function questionFileRoutes({ interviews: { catalogue }, audit }: AdminQuestionsDeps) {
  const app = apiApp();
  for (const path of ["/questions/export", "/questions/import"]) {
    app.use(path, requirePermission("administer"));
  }
  app.on(
    "POST",
    "/questions/import",
    bodyDeadline(),
    limitBodyTo(MAX_FILE_BYTES),
    requireJson,
  );

  app.openapi(exportRoute, (c) => {
    c.header("content-disposition", 'attachment; filename="questions.json"');
    return c.json(toFile(catalogue.all()), 200);
  });
  app.openapi(importRoute, async (c) => {
    const by = loginName(c);
    const questions = c.req.valid("json").questions.map(({ id, ...input }) => ({ id, input }));
    const counts = await catalogue.addAll(questions, by);
    const detail = `${counts.added} added, ${counts.changed} changed`;
    await audit.record({ action: "questions.imported", target: "", by, detail });
    return c.json({ success: true as const, data: counts }, 200);
  });
  return app;
}
