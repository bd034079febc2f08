import { createRoute, z } from "@hono/zod-openapi";
import { AppError } from "../../../lib/errors.ts";
import { permits } from "../../../lib/auth/roles.ts";
import {
  DIFFICULTIES,
  generateInputSchema,
  LANGUAGES,
  QUESTION_TYPES,
} from "../../../lib/interviews/mod.ts";
import { JOB_CATEGORIES } from "../../../lib/job_categories.ts";
import { requireLogin, whoOf } from "../../middleware/guards.ts";
import { requireJson } from "../../middleware/json_body.ts";
import { perPerson } from "../../middleware/rate_limit.ts";
import { apiApp } from "../app.ts";
import { errors, json, jsonBody, success } from "../envelope.ts";
import { TO_CHANGE, TO_READ } from "../security.ts";
import { pageQuery, questionParams } from "./params.ts";
import { questionSchema, toQuestion } from "./question_shapes.ts";
import type { InterviewRoutesDeps } from "./sessions.ts";

const tags = ["interview questions"];
const refused = errors(400, 401, 403, 429, 503);

const listRoute = createRoute({
  method: "get",
  path: "/",
  tags,
  summary: "Questions, without their solutions",
  security: TO_READ,
  request: {
    query: pageQuery.extend({
      category: z.enum(JOB_CATEGORIES).optional(),
      difficulty: z.enum(DIFFICULTIES).optional(),
      type: z.enum(QUESTION_TYPES).optional(),
      language: z.enum(LANGUAGES).optional(),
    }),
  },
  responses: {
    200: json(
      success(z.object({
        questions: z.array(questionSchema),
        total: z.number(),
        limit: z.number(),
        offset: z.number(),
        hasMore: z.boolean(),
      })),
      "Questions",
    ),
    ...refused,
  },
});

const categoriesRoute = createRoute({
  method: "get",
  path: "/categories",
  tags,
  summary: "Categories, and how many questions each has in each language",
  security: TO_READ,
  responses: {
    200: json(
      success(z.object({
        categories: z.array(z.object({
          category: z.enum(JOB_CATEGORIES),
          questions: z.object({ ko: z.number(), en: z.number() }),
        })),
      })),
      "Categories",
    ),
    ...refused,
  },
});

const difficultiesRoute = createRoute({
  method: "get",
  path: "/difficulties",
  tags,
  summary: "Difficulties, the easiest first, and types of questions",
  security: TO_READ,
  responses: {
    200: json(
      success(z.object({
        difficulties: z.array(z.enum(DIFFICULTIES)),
        types: z.array(z.enum(QUESTION_TYPES)),
      })),
      "Difficulties",
    ),
    ...refused,
  },
});

const getRoute = createRoute({
  method: "get",
  path: "/{questionId}",
  tags,
  summary: "A question; with its solution for who has answered it",
  security: TO_READ,
  request: { params: questionParams },
  responses: { 200: json(success(questionSchema), "Question"), ...refused, ...errors(404) },
});

const generatedSchema = success(z.object({
  source: z.enum(["service", "bank"]),
  model: z.string().nullable().openapi({ description: "Who wrote them; null for the bank" }),
  questions: z.array(questionSchema),
}));

const generateRoute = createRoute({
  method: "post",
  path: "/generate",
  tags,
  summary: "Have questions written that were not there before",
  description:
    "They are drafts: put to you alone until an administrator saves them. Without a service, or " +
    "where it fails, questions of the bank come in their place, and `source` says so.",
  security: TO_CHANGE,
  request: { body: jsonBody(generateInputSchema) },
  responses: {
    200: json(generatedSchema, "Questions of the bank"),
    201: json(generatedSchema, "Drafts"),
    ...refused,
    ...errors(413, 415, 502),
  },
});

/** `/api/questions` (P-10): solutions stay hidden until one has answered (T-P07). */
export function questionRoutes({ clock, interviews, settings }: InterviewRoutesDeps) {
  const { catalogue, generating } = interviews;
  const app = apiApp();
  app.use("*", requireLogin);
  const allowance = { requests: settings.questionsPerMin, seconds: 60 };
  app.use("*", perPerson({ clock, allowance }));
  app.on("POST", "/generate", requireJson);

  app.openapi(generateRoute, async (c) => {
    const { userId, role } = whoOf(c);
    const { signal } = c.req.raw;
    const options = { signal, isEditor: permits(role, "administer") };
    const generated = await generating.generate(userId, c.req.valid("json"), options);
    const questions = generated.questions.map((it) => toQuestion(it, { solved: false }));
    const data = { ...generated, questions };
    return c.json({ success: true as const, data }, generated.source === "service" ? 201 : 200);
  });
  app.openapi(listRoute, (c) => {
    const { limit, offset, ...filter } = c.req.valid("query");
    const all = catalogue.list({ ...filter, userId: whoOf(c).userId });
    const questions = all.slice(offset, offset + limit)
      .map((question) => toQuestion(question, { solved: false }));
    const hasMore = offset + questions.length < all.length;
    const data = { questions, total: all.length, limit, offset, hasMore };
    return c.json({ success: true as const, data }, 200);
  });
  app.openapi(categoriesRoute, (c) => {
    const categories = JOB_CATEGORIES.map((category) => ({
      category,
      questions: {
        ko: catalogue.list({ category, language: "ko" }).length,
        en: catalogue.list({ category, language: "en" }).length,
      },
    }));
    return c.json({ success: true as const, data: { categories } }, 200);
  });
  app.openapi(difficultiesRoute, (c) => {
    const data = { difficulties: [...DIFFICULTIES], types: [...QUESTION_TYPES] };
    return c.json({ success: true as const, data }, 200);
  });
  app.openapi(getRoute, async (c) => {
    const { questionId } = c.req.valid("param");
    const { userId } = whoOf(c);
    const question = catalogue.find(questionId);
    // Another's draft is as unknown as one that never was.
    if (question === null || (question.draftOf ?? userId) !== userId) {
      throw new AppError("NOT_FOUND", "Question is not known");
    }
    const solved = await interviews.hasAnswered(userId, questionId);
    return c.json({ success: true as const, data: toQuestion(question, { solved }) }, 200);
  });
  return app;
}
