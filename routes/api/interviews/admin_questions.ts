import { createRoute, z } from "@hono/zod-openapi";
import type { Audit } from "../../../lib/audit/mod.ts";
import type { Interviews, Question } from "../../../lib/interviews/mod.ts";
import { loginName, requirePermission } from "../../middleware/guards.ts";
import { requireJson } from "../../middleware/json_body.ts";
import { apiApp } from "../app.ts";
import { errors, json, jsonBody, success } from "../envelope.ts";
import { TO_CHANGE, TO_READ } from "../security.ts";
import { pageQuery, questionParams } from "./params.ts";
import {
  managedQuestionSchema,
  newQuestionSchema,
  questionChangeSchema,
  toManagedQuestion,
} from "./question_shapes.ts";

const tags = ["interview questions"];
const refused = errors(400, 401, 403, 429, 503);

const listRoute = createRoute({
  method: "get",
  path: "/questions",
  tags,
  summary: "All questions, with solutions and how they were answered",
  security: TO_READ,
  request: { query: pageQuery },
  responses: {
    200: json(
      success(z.object({ questions: z.array(managedQuestionSchema), total: z.number() })),
      "Questions",
    ),
    ...refused,
  },
});

const addRoute = createRoute({
  method: "post",
  path: "/questions",
  tags,
  summary: "Add a question",
  security: TO_CHANGE,
  request: { body: jsonBody(newQuestionSchema) },
  responses: {
    201: json(success(managedQuestionSchema), "Added"),
    ...refused,
    ...errors(413, 415),
  },
});

const changeRoute = createRoute({
  method: "put",
  path: "/questions/{questionId}",
  tags,
  summary: "Change a question, also one that comes with the program",
  security: TO_CHANGE,
  request: { params: questionParams, body: jsonBody(questionChangeSchema) },
  responses: {
    200: json(success(managedQuestionSchema), "As it is now"),
    ...refused,
    ...errors(404, 413, 415),
  },
});

const retireRoute = createRoute({
  method: "delete",
  path: "/questions/{questionId}",
  tags,
  summary: "Put a question no more; where it was put it still reads",
  security: TO_CHANGE,
  request: { params: questionParams },
  responses: {
    200: json(success(z.object({ message: z.string() })), "Retired"),
    ...refused,
    ...errors(404),
  },
});

export interface AdminQuestionsDeps {
  readonly interviews: Interviews;
  readonly audit: Audit;
}

/** Questions under `/api/admin` (P-13). */
export function adminQuestionRoutes({ interviews: { catalogue }, audit }: AdminQuestionsDeps) {
  const app = apiApp();
  app.use("/questions", requirePermission("administer"));
  app.use("/questions/*", requirePermission("administer"));
  app.on("POST", "/questions", requireJson);
  app.on("PUT", "/questions/:questionId", requireJson);

  const shown = async (question: Question) =>
    toManagedQuestion(question, await catalogue.use(question.questionId));

  app.openapi(listRoute, async (c) => {
    const { limit, offset } = c.req.valid("query");
    const all = catalogue.all();
    const questions = await Promise.all(all.slice(offset, offset + limit).map(shown));
    return c.json({ success: true as const, data: { questions, total: all.length } }, 200);
  });
  app.openapi(addRoute, async (c) => {
    const question = await catalogue.add(c.req.valid("json"), loginName(c));
    await audit.record({ action: "question.added", target: question.questionId, by: loginName(c) });
    return c.json({ success: true as const, data: await shown(question) }, 201);
  });
  app.openapi(changeRoute, async (c) => {
    const { questionId } = c.req.valid("param");
    const question = await catalogue.change(questionId, c.req.valid("json"));
    await audit.record({ action: "question.changed", target: questionId, by: loginName(c) });
    return c.json({ success: true as const, data: await shown(question) }, 200);
  });
  app.openapi(retireRoute, async (c) => {
    const { questionId } = c.req.valid("param");
    await catalogue.retire(questionId);
    await audit.record({ action: "question.retired", target: questionId, by: loginName(c) });
    return c.json({ success: true as const, data: { message: "Question retired" } }, 200);
  });
  return app;
}
