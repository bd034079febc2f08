import { Hono } from "hono";
import { AppError } from "../../../lib/errors.ts";
import { LANGUAGES } from "../../../lib/interviews/mod.ts";
import { JOB_CATEGORIES } from "../../../lib/job_categories.ts";
import { questionFileSchema, toFile } from "../../api/interviews/question_files.ts";
import type { AppContext, AppEnv } from "../../middleware/context.ts";
import { readForm } from "../../middleware/form_body.ts";
import { loginName, requirePermission } from "../../middleware/guards.ts";
import { generateRoutes } from "./generate_routes.tsx";
import { offsetOf } from "./offset.ts";
import { QuestionPage, type QuestionView } from "./question.tsx";
import { NEW_QUESTION, parseQuestion, readQuestion, toForm } from "./question_form.ts";
import { type FileProblem, NEWS, QUESTION_STATES, QuestionsPage, stateOf } from "./questions.tsx";
import type { InterviewPagesDeps } from "./routes.tsx";

/** Where a form may be as large as a file of questions. */
export const QUESTIONS_UPLOAD_PATH = "/admin/interviews/questions/import";

const QUESTIONS = "/interviews/questions";
const ONE = `${QUESTIONS}/:questionId{[a-z][a-z-]*[-_]\\d+(?:-[a-z]{2})?}`;
const PER_PAGE = 25;

/** The question editor, for who administers, as in the API; what is changed is noted down (P-13). */
export function questionRoutes(deps: InterviewPagesDeps) {
  const { pages, interviews: { catalogue, generating }, audit } = deps;
  const app = new Hono<AppEnv>();
  app.use(QUESTIONS, requirePermission("administer"));
  app.use(`${QUESTIONS}/*`, requirePermission("administer"));

  async function sendList(c: AppContext, problem: FileProblem | null = null) {
    const filter = {
      category: JOB_CATEGORIES.find((it) => it === c.req.query("category")) ?? null,
      language: LANGUAGES.find((it) => it === c.req.query("language")) ?? null,
      state: QUESTION_STATES.find((it) => it === c.req.query("state")) ?? null,
    };
    const found = catalogue.all().filter((question) =>
      (filter.category ?? question.category) === question.category &&
      (filter.language ?? question.language) === question.language &&
      (filter.state ?? stateOf(question)) === stateOf(question)
    );
    const page = { limit: PER_PAGE, offset: offsetOf(c.req.query("skip")) };
    const questions = await Promise.all(
      found.slice(page.offset, page.offset + page.limit).map(async (question) => ({
        question,
        use: await catalogue.use(question.questionId),
      })),
    );
    const news = NEWS.find((it) => it === c.req.query("news")) ?? null;
    const { canWrite } = generating;
    const view = { filter, questions, total: found.length, ...page, news, canWrite, problem };
    return pages.send(c, {
      status: problem === null ? 200 : 400,
      title: ({ t }) => t.interviews.questions,
      body: (ui) => <QuestionsPage view={view} ui={ui} />,
      path: c.req.method === "GET" ? undefined : `/admin${QUESTIONS}`,
    });
  }

  function sendOne(c: AppContext, view: QuestionView) {
    return pages.send(c, {
      status: view.problems.length === 0 ? 200 : 400,
      title: ({ t }) => t.interviews.edit,
      body: (ui) => <QuestionPage view={view} ui={ui} />,
      path: `/admin${QUESTIONS}/${view.questionId ?? "new"}`,
    });
  }

  /** @throws AppError NOT_FOUND */
  function questionOf(c: AppContext) {
    const question = catalogue.find(c.req.param("questionId") ?? "");
    if (question === null) throw new AppError("NOT_FOUND", "Question is not known");
    return question;
  }

  app.get(QUESTIONS, (c) => sendList(c));
  app.route("/", generateRoutes(deps));
  app.get(
    `${QUESTIONS}/new`,
    (c) => sendOne(c, { questionId: null, form: NEW_QUESTION, problems: [], isSaved: false }),
  );
  app.get(`${QUESTIONS}/export`, (c) => {
    c.header("content-disposition", 'attachment; filename="questions.json"');
    return c.json(toFile(catalogue.all()));
  });
  app.get(ONE, (c) => {
    const question = questionOf(c);
    const { questionId } = question;
    const isSaved = c.req.query("news") === "saved";
    return sendOne(c, { questionId, form: toForm(question), problems: [], isSaved });
  });

  app.post(QUESTIONS, async (c) => {
    const form = readQuestion(await readForm(c));
    const parsed = parseQuestion(form);
    if ("problems" in parsed) {
      return sendOne(c, { questionId: null, form, problems: parsed.problems, isSaved: false });
    }
    const by = loginName(c);
    const { questionId } = await catalogue.add(parsed.input, by);
    await audit.record({ action: "question.added", target: questionId, by });
    return c.redirect(`/admin${QUESTIONS}/${questionId}?news=saved`, 303);
  });
  app.post(`${QUESTIONS}/import`, async (c) => {
    const { file } = await c.req.parseBody();
    if (!(file instanceof File) || file.name === "") return await sendList(c, "noFile");
    const parsed = questionFileSchema.safeParse(parseFile(await file.text()));
    if (!parsed.success) return await sendList(c, "notQuestions");
    const by = loginName(c);
    const questions = parsed.data.questions.map(({ id, ...input }) => ({ id, input }));
    try {
      const { added, changed } = await catalogue.addAll(questions, by);
      const detail = `${added} added, ${changed} changed`;
      await audit.record({ action: "questions.imported", target: "", by, detail });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === "NOT_FOUND") return await sendList(c, "unknownId");
      if (error.code === "CONFLICT") return await sendList(c, "tooMany");
      throw error;
    }
    return c.redirect(`/admin${QUESTIONS}?news=imported`, 303);
  });
  app.post(ONE, async (c) => {
    const { questionId } = questionOf(c);
    const form = readQuestion(await readForm(c));
    const parsed = parseQuestion(form);
    if ("problems" in parsed) {
      return sendOne(c, { questionId, form, problems: parsed.problems, isSaved: false });
    }
    await catalogue.change(questionId, parsed.input);
    await audit.record({ action: "question.changed", target: questionId, by: loginName(c) });
    return c.redirect(`/admin${QUESTIONS}/${questionId}?news=saved`, 303);
  });
  app.post(`${ONE}/retire`, async (c) => {
    const { questionId } = questionOf(c);
    await catalogue.retire(questionId);
    await audit.record({ action: "question.retired", target: questionId, by: loginName(c) });
    return c.redirect(`/admin${QUESTIONS}/${questionId}?news=saved`, 303);
  });
  return app;
}

/** Null for what is no JSON. */
function parseFile(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
