import { createRoute, z } from "@hono/zod-openapi";
import { AppError, ERROR_CODES } from "../../../lib/errors.ts";
import { type Analysis, answerInputSchema } from "../../../lib/interviews/mod.ts";
import type { AppContext } from "../../middleware/context.ts";
import { requireLogin, whoOf } from "../../middleware/guards.ts";
import { requireJson } from "../../middleware/json_body.ts";
import { perPerson } from "../../middleware/rate_limit.ts";
import { apiApp } from "../app.ts";
import { errors, json, jsonBody, success } from "../envelope.ts";
import { TO_CHANGE, TO_READ } from "../security.ts";
import { analysisSchema, feedbackSchema, toAnalysis, toFeedback } from "./analysis_shapes.ts";
import { analysisParams } from "./params.ts";
import type { InterviewRoutesDeps } from "./sessions.ts";

const tags = ["answer analysis"];
const refused = errors(400, 401, 403, 404, 429, 503);

/** Answers of one batch; each counts as an answer. */
const MAX_BATCH = 20;

const answerRoute = createRoute({
  method: "post",
  path: "/answer",
  tags,
  summary: "Send in an answer; it is stored, and analysed in a moment",
  description: "The same answer again gives the analysis that there is.",
  security: TO_CHANGE,
  request: { body: jsonBody(answerInputSchema) },
  responses: {
    202: json(success(analysisSchema), "Stored"),
    ...refused,
    ...errors(409, 413, 415),
  },
});

const batchRoute = createRoute({
  method: "post",
  path: "/batch",
  tags,
  summary: "Send in several answers",
  security: TO_CHANGE,
  request: {
    body: jsonBody(z.object({ answers: z.array(answerInputSchema).min(1).max(MAX_BATCH) })),
  },
  responses: {
    202: json(
      success(z.object({
        results: z.array(z.object({
          questionId: z.string(),
          analysis: analysisSchema.optional(),
          error: z.object({ code: z.enum(ERROR_CODES), message: z.string() }).optional(),
        })),
      })),
      "What became of each, in order",
    ),
    ...refused,
    ...errors(413, 415),
  },
});

const feedbackRoute = createRoute({
  method: "get",
  path: "/feedback/{analysisId}",
  tags,
  summary: "Every point of a judged answer, and what it was given for",
  security: TO_READ,
  request: { params: analysisParams },
  responses: { 200: json(success(feedbackSchema), "Feedback"), ...refused, ...errors(409) },
});

const getRoute = createRoute({
  method: "get",
  path: "/{analysisId}",
  tags,
  summary: "An analysis, with its result once it is completed",
  security: TO_READ,
  request: { params: analysisParams },
  responses: { 200: json(success(analysisSchema), "Analysis"), ...refused },
});

/** `/api/analysis` (P-11): everybody's own. */
export function analysisRoutes({ clock, interviews, settings }: InterviewRoutesDeps) {
  const { analyses, sessions, catalogue } = interviews;
  const app = apiApp();
  app.use("*", requireLogin);
  app.on("POST", ["/answer", "/batch"], requireJson);
  const allowance = { requests: settings.analysesPerMin, seconds: 60 };
  app.on("POST", ["/answer", "/batch"], perPerson({ clock, allowance }));

  async function contentOf(analysis: Analysis) {
    const answer = await sessions.findAnswer(analysis, analysis.askedId);
    const question = catalogue.find(analysis.questionId);
    return { answer: answer?.text ?? "", sampleAnswer: question?.sampleAnswer ?? "" };
  }

  const shown = async (analysis: Analysis) => toAnalysis(analysis, await contentOf(analysis));
  const get = (c: AppContext, analysisId: string) => analyses.get(whoOf(c).userId, analysisId);

  app.openapi(answerRoute, async (c) => {
    const analysis = await analyses.submit(whoOf(c).userId, c.req.valid("json"));
    return c.json({ success: true as const, data: await shown(analysis) }, 202);
  });
  app.openapi(batchRoute, async (c) => {
    const results = [];
    for (const input of c.req.valid("json").answers) {
      const { questionId } = input;
      try {
        const analysis = await analyses.submit(whoOf(c).userId, input);
        results.push({ questionId, analysis: await shown(analysis) });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        results.push({ questionId, error: { code: error.code, message: error.message } });
      }
    }
    return c.json({ success: true as const, data: { results } }, 202);
  });
  app.openapi(feedbackRoute, async (c) => {
    const analysis = await get(c, c.req.valid("param").analysisId);
    if (analysis.verdict === null) {
      throw new AppError("CONFLICT", `Analysis is ${analysis.status} and has no feedback yet`);
    }
    const data = toFeedback(analysis, analysis.verdict, await contentOf(analysis));
    return c.json({ success: true as const, data }, 200);
  });
  app.openapi(getRoute, async (c) => {
    const analysis = await get(c, c.req.valid("param").analysisId);
    return c.json({ success: true as const, data: await shown(analysis) }, 200);
  });
  return app;
}
