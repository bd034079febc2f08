import { Hono } from "hono";
import { AppError } from "../../../lib/errors.ts";
import { sessionInputSchema } from "../../../lib/interviews/mod.ts";
import type { People } from "../../../lib/people/mod.ts";
import type { AppContext, AppEnv } from "../../middleware/context.ts";
import { readForm } from "../../middleware/form_body.ts";
import { whoOf } from "../../middleware/guards.ts";
import { perPerson } from "../../middleware/rate_limit.ts";
import { type StartForm, StartPage, type StartView } from "./start.tsx";
import type { InterviewPagesDeps } from "./view.ts";

export interface StartDeps extends InterviewPagesDeps {
  readonly people: Pick<People, "profiles">;
}

const PER_PAGE = 10;
const COUNTS = [1, 3, 5, 10, 15, 20];
const USUAL_COUNT = 5;

/** The page on which interviews begin, and those that there were. */
export function startRoutes({ clock, pages, people, interviews, settings }: StartDeps) {
  const { sessions } = interviews;
  const app = new Hono<AppEnv>();
  const mostOf = async (userId: string) => (await interviews.limitsOf(userId)).maxQuestions;

  async function formOf(c: AppContext): Promise<StartForm> {
    const { userId } = whoOf(c);
    const { preferences } = await people.profiles.find(userId);
    return {
      category: preferences.jobCategory,
      customCategory: "",
      difficulty: preferences.difficulty,
      language: preferences.language,
      userLevel: "entry",
      maxQuestions: Math.min(USUAL_COUNT, await mostOf(userId)),
    };
  }

  async function send(c: AppContext, form: StartForm, problem: StartView["problem"]) {
    const page = { limit: PER_PAGE, offset: offsetOf(c.req.query("skip")) };
    const most = await mostOf(whoOf(c).userId);
    const counts = [...COUNTS.filter((count) => count < most), most];
    const view = { form, counts, problem, ...page, ...await sessions.list(whoOf(c).userId, page) };
    if (problem !== null && problem !== "custom") {
      c.header("retry-after", String(problem.waitSec));
    }
    return pages.send(c, {
      status: problem === null ? 200 : problem === "custom" ? 400 : 429,
      title: ({ t }) => t.practice.title,
      body: (ui) => <StartPage view={view} ui={ui} />,
    });
  }

  app.get("/practice", async (c) => await send(c, await formOf(c), null));

  const allowance = { requests: settings.questionsPerMin, seconds: 60 };
  app.post("/practice", perPerson({ clock, allowance }), async (c) => {
    const form = await readStart(c);
    const parsed = sessionInputSchema.safeParse({
      ...form,
      customCategory: form.category === "other" && form.customCategory.trim() !== ""
        ? form.customCategory
        : undefined,
      metadata: { sessionSource: "page" },
    });
    if (!parsed.success) {
      if (parsed.error.issues.every(({ path }) => path[0] === "customCategory")) {
        return await send(c, form, "custom");
      }
      // Our own form has no other choices.
      throw new AppError("VALIDATION_ERROR", "Form cannot be read");
    }
    const userAgent = (c.req.header("user-agent") ?? "").slice(0, 200);
    try {
      const { sessionId } = await sessions.start(whoOf(c).userId, { ...parsed.data, userAgent });
      return c.redirect(`/app/practice/${sessionId}`, 303);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "RATE_LIMIT") throw error;
      const waitSec = Math.ceil((error.details?.retryAfterMs ?? 0) / 1000);
      return await send(c, form, { waitSec });
    }
  });
  return app;
}

async function readStart(c: AppContext): Promise<StartForm> {
  const field = await readForm(c);
  return {
    category: field("category"),
    customCategory: field("customCategory"),
    difficulty: field("difficulty"),
    language: field("language"),
    userLevel: field("userLevel"),
    maxQuestions: Number(field("maxQuestions")),
  };
}

function offsetOf(text = "0"): number {
  return /^\d{1,6}$/.test(text) ? Number(text) : 0;
}
