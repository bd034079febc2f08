import { Hono } from "hono";
import { AppError } from "../../../lib/errors.ts";
import { generateInputSchema } from "../../../lib/interviews/mod.ts";
import type { AppContext, AppEnv } from "../../middleware/context.ts";
import { readForm } from "../../middleware/form_body.ts";
import { loginName, whoOf } from "../../middleware/guards.ts";
import { type GenerateForm, GeneratePage, type GenerateView } from "./generate.tsx";
import { NEW_QUESTION } from "./question_form.ts";
import type { InterviewPagesDeps } from "./routes.tsx";

const GENERATE = "/interviews/questions/generate";

const FIRST: GenerateForm = {
  category: NEW_QUESTION.category,
  customCategory: "",
  difficulty: NEW_QUESTION.difficulty,
  language: NEW_QUESTION.language,
  type: "",
  count: "3",
};

/** The form that has a service write drafts; who may edit is asked by who mounts it. */
export function generateRoutes({ pages, interviews: { generating }, audit }: InterviewPagesDeps) {
  const app = new Hono<AppEnv>();

  function send(c: AppContext, { form, problem }: Pick<GenerateView, "form" | "problem">) {
    const view = { form, problem, canWrite: generating.canWrite };
    return pages.send(c, {
      status: problem === null ? 200 : problem === "form" ? 400 : 502,
      title: ({ t }) => t.interviews.generate,
      body: (ui) => <GeneratePage view={view} ui={ui} />,
    });
  }

  app.get(GENERATE, (c) => send(c, { form: FIRST, problem: null }));
  app.post(GENERATE, async (c) => {
    const form = toForm(await readForm(c));
    const parsed = generateInputSchema.safeParse(toInput(form));
    if (!parsed.success) return await send(c, { form, problem: "form" });
    const options = { signal: c.req.raw.signal, isEditor: true };
    try {
      const { model, questions } = await generating.write(whoOf(c).userId, parsed.data, options);
      const detail = `${questions.length} by ${model}`;
      await audit.record({ action: "questions.generated", target: "", by: loginName(c), detail });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "AI_SERVICE_ERROR") throw error;
      return await send(c, { form, problem: "service" });
    }
    return c.redirect("/admin/interviews/questions?state=draft&news=generated", 303);
  });
  return app;
}

function toForm(field: (name: keyof GenerateForm) => string): GenerateForm {
  return {
    category: field("category"),
    customCategory: field("customCategory"),
    difficulty: field("difficulty"),
    language: field("language"),
    type: field("type"),
    count: field("count"),
  };
}

/** An empty field of a form says nothing. */
function toInput({ type, customCategory, count, ...rest }: GenerateForm): object {
  return {
    ...rest,
    ...(type !== "" && { type }),
    ...(customCategory.trim() !== "" && { customCategory }),
    count: Number(count),
  };
}
