import { Hono } from "hono";
import { AppError } from "../../../lib/errors.ts";
import {
  answerInputSchema,
  type Interviews,
  openQuestion,
  type Session,
  sessionChangeSchema,
} from "../../../lib/interviews/mod.ts";
import type { AppContext, AppEnv } from "../../middleware/context.ts";
import { readForm } from "../../middleware/form_body.ts";
import { whoOf } from "../../middleware/guards.ts";
import { perPerson } from "../../middleware/rate_limit.ts";
import { AnswerPage } from "./answer.tsx";
import { pathOf, placeOf, SESSION } from "./place.ts";
import { SessionPage, type SessionProblem, type SessionView } from "./session.tsx";
import { categoryOf } from "./start.tsx";
import { createInterviewViews, type InterviewPagesDeps } from "./view.ts";

type Shown = Pick<SessionView, "problem" | "news" | "text">;

/** An answer that was typed, and the question that it is for. */
interface Typed {
  readonly questionId: string;
  readonly text: string;
}

interface Refusal {
  readonly problem: SessionProblem;
  /** Null for a form without an answer. */
  readonly typed: Typed | null;
}

const NOTHING: Shown = { problem: null, news: null, text: null };
const NEWS = ["kept", "noneLeft"] as const;
const keptSchema = sessionChangeSchema.shape.answer.unwrap();

/** An interview, and the forms that take it on. A refusal is said on the page it came from. */
export function sessionRoutes(deps: InterviewPagesDeps) {
  const { pages, interviews, settings } = deps;
  const { sessions } = interviews;
  const app = new Hono<AppEnv>();
  const viewOf = createInterviewViews(deps);
  const limits = limitsOf(deps);

  async function send(c: AppContext, shown: Partial<Shown>) {
    const interview = await viewOf(await sessions.get(placeOf(c)));
    const maxRecordingBytes = interviews.recordings.areKept ? settings.recordings.maxBytes : null;
    const { warningSec } = settings;
    const view = { interview, warningSec, maxRecordingBytes, ...NOTHING, ...shown };
    return pages.send(c, {
      status: statusOf(view.problem),
      title: (ui) => `${categoryOf(interview.session, ui)} · ${ui.t.practice.title}`,
      body: (ui) => <SessionPage view={view} ui={ui} />,
      path: pathOf(c),
    });
  }

  /** Says what is wrong above the form that it came from, which keeps what was typed. */
  async function refuse(c: AppContext, { problem, typed }: Refusal) {
    if (typeof problem !== "string") c.header("retry-after", String(problem.waitSec));
    const interview = await viewOf(await sessions.get(placeOf(c)));
    const answer = interview.answers.find(({ asked }) =>
      asked.askedId === typed?.questionId && asked.answeredAt !== null
    );
    if (answer === undefined) return await send(c, { problem, text: typed?.text ?? null });
    const refused = { problem, text: typed?.text ?? "" };
    return pages.send(c, {
      status: statusOf(problem),
      title: ({ t }) => t.practice.feedback,
      body: (ui) => <AnswerPage {...{ interview, answer, refused, ui }} />,
    });
  }

  /** `work` gives the address to go on to. */
  async function act(c: AppContext, work: () => Promise<string>, typed: Typed | null = null) {
    try {
      return c.redirect(await work(), 303);
    } catch (error) {
      const problem = problemOf(error);
      if (problem === null) throw error;
      return await refuse(c, { problem, typed });
    }
  }

  app.get(
    SESSION,
    (c) => send(c, { news: NEWS.find((news) => news === c.req.query("news")) ?? null }),
  );

  app.post(`${SESSION}/answer`, limits.analyses, async (c) => {
    const typed = await readAnswer(c);
    const input = { ...placeOf(c), questionId: typed.questionId, answer: typed.text };
    const parsed = answerInputSchema.safeParse(input);
    if (!parsed.success) return await refuse(c, { problem: "length", typed });
    return await act(c, () => submit(c, interviews, parsed.data), typed);
  });
  app.post(`${SESSION}/keep`, async (c) => {
    const typed = await readAnswer(c);
    const parsed = keptSchema.safeParse(typed);
    if (!parsed.success) return await refuse(c, { problem: "length", typed });
    return await act(c, async () => {
      await sessions.update(placeOf(c), { answer: parsed.data });
      return `${pathOf(c)}?news=kept`;
    }, typed);
  });

  for (const [name, skip] of [["next", false], ["skip", true]] as const) {
    app.post(`${SESSION}/${name}`, limits.questions, (c) =>
      act(c, async () => {
        const asked = await sessions.next(placeOf(c), { skip });
        return asked === null ? `${pathOf(c)}?news=noneLeft` : pathOf(c);
      }));
  }
  app.post(`${SESSION}/finish`, async (c) => {
    if (hasNoAnswer(await sessions.get(placeOf(c)))) return await send(c, { problem: "empty" });
    return await act(c, async () => {
      await sessions.update(placeOf(c), { status: "completed" });
      return `${pathOf(c)}/report`;
    });
  });
  for (const [name, status] of [["leave", "abandoned"], ["resume", "active"]] as const) {
    app.post(`${SESSION}/${name}`, (c) =>
      act(c, async () => {
        await sessions.update(placeOf(c), { status });
        return pathOf(c);
      }));
  }
  app.post(`${SESSION}/remove`, async (c) => {
    await sessions.remove(placeOf(c));
    return c.redirect("/app/practice", 303);
  });
  return app;
}

function limitsOf({ clock, settings }: InterviewPagesDeps) {
  const perMin = (requests: number) => perPerson({ clock, allowance: { requests, seconds: 60 } });
  return { analyses: perMin(settings.analysesPerMin), questions: perMin(settings.questionsPerMin) };
}

async function readAnswer(c: AppContext): Promise<Typed> {
  const field = await readForm(c);
  return { questionId: field("questionId"), text: field("answer") };
}

type AnswerInput = ReturnType<typeof answerInputSchema.parse>;

/**
 * Sends an answer in. One that comes too fast is kept, so that it can be sent a little later; not
 * where one was sent in before, such as a recording that is written down.
 */
async function submit(
  c: AppContext,
  { sessions, analyses }: Interviews,
  input: AnswerInput,
): Promise<string> {
  const { questionId, answer } = input;
  try {
    const { askedId } = await analyses.submit(whoOf(c).userId, input);
    const { asked } = await sessions.get(placeOf(c));
    return `${pathOf(c)}/answers/${asked.find((it) => it.askedId === askedId)?.order}`;
  } catch (error) {
    const open = openQuestion(await sessions.get(placeOf(c)));
    const isLimited = error instanceof AppError && error.code === "RATE_LIMIT";
    if (isLimited && open?.askedId === questionId) {
      await sessions.update(placeOf(c), { answer: { questionId, text: answer } });
    }
    throw error;
  }
}

function hasNoAnswer({ status, asked }: Session): boolean {
  return status === "active" && asked.every(({ answeredAt }) => answeredAt === null);
}

/** Null for what a form cannot be told. */
function problemOf(error: unknown): SessionProblem | null {
  if (!(error instanceof AppError)) return null;
  if (error.code === "CONFLICT") return "conflict";
  if (error.code !== "RATE_LIMIT") return null;
  return { waitSec: Math.ceil((error.details?.retryAfterMs ?? 0) / 1000) };
}

function statusOf(problem: SessionProblem | null) {
  if (problem === null) return 200;
  if (problem === "length") return 400;
  return typeof problem === "string" ? 409 : 429;
}
