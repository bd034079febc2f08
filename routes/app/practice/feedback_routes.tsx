import { Hono } from "hono";
import { AppError } from "../../../lib/errors.ts";
import { type EventStreamDeps, sendEventStream } from "../../pages/event_stream.ts";
import type { AppContext, AppEnv } from "../../middleware/context.ts";
import { whoOf } from "../../middleware/guards.ts";
import { AnswerPage, isPending } from "./answer.tsx";
import { followAnalysis } from "./follow_analysis.ts";
import { placeOf, SESSION } from "./place.ts";
import { ProgressPage } from "./progress.tsx";
import { ReportPage } from "./report.tsx";
import {
  type AnswerView,
  createInterviewViews,
  type InterviewPagesDeps,
  type InterviewView,
} from "./view.ts";

export interface FeedbackDeps extends InterviewPagesDeps, EventStreamDeps {}

const ANSWER = `${SESSION}/answers/:order{\\d{1,3}}`;
/** A page without script looks again after so long. */
const REFRESH_SEC = 3;

/** What came of answers: one by one, as a report, and over time. */
export function feedbackRoutes(deps: FeedbackDeps) {
  const { pages, interviews: { sessions, stats } } = deps;
  const app = new Hono<AppEnv>();
  const viewOf = createInterviewViews(deps);
  const read = async (c: AppContext) => await viewOf(await sessions.get(placeOf(c)));

  app.get("/practice/progress", async (c) => {
    const { userId } = whoOf(c);
    const [figures, days, skills] = await Promise.all([
      stats.figures(userId),
      stats.progress(userId),
      stats.skills(userId),
    ]);
    return pages.send(c, {
      title: ({ t }) => t.practice.progress,
      body: (ui) => <ProgressPage view={{ figures, days, skills }} ui={ui} />,
    });
  });
  app.get(`${SESSION}/report`, async (c) => {
    const interview = await read(c);
    return pages.send(c, {
      title: ({ t }) => t.practice.report,
      body: (ui) => <ReportPage interview={interview} ui={ui} />,
      refreshSec: interview.answers.some(isPending) ? REFRESH_SEC : undefined,
    });
  });
  app.get(ANSWER, async (c) => {
    const interview = await read(c);
    const answer = answerOf(c, interview);
    return pages.send(c, {
      title: ({ t }) => t.practice.feedback,
      body: (ui) => <AnswerPage interview={interview} answer={answer} ui={ui} />,
      refreshSec: isPending(answer) ? REFRESH_SEC : undefined,
    });
  });
  app.get(`${ANSWER}/events`, async (c) => {
    const { userId } = whoOf(c);
    const { analysis } = answerOf(c, await read(c));
    if (analysis === null) throw notThere();
    const { analysisId } = analysis;
    return sendEventStream(c, {
      ...deps,
      follow: ({ stream, isWelcome, signal }) =>
        followAnalysis(deps, {
          userId,
          analysisId,
          isWelcome,
          signal,
          send: (event, data) => stream.writeSSE({ event, data: JSON.stringify(data) }),
        }),
    });
  });
  return app;
}

/** @throws AppError NOT_FOUND for a question that was not put or not answered */
function answerOf(c: AppContext, { answers }: InterviewView): AnswerView {
  const order = Number(c.req.param("order"));
  const found = answers.find(({ asked }) => asked.order === order && asked.answeredAt !== null);
  if (found === undefined) throw notThere();
  return found;
}

function notThere(): AppError {
  return new AppError("NOT_FOUND", "There is nothing at this address");
}
