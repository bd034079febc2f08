import { equal, match } from "node:assert/strict";
import { type Behaviour, chatService, GOOD_QUESTION } from "../../support/chat_service.ts";
import { practising } from "../../support/practising.ts";

const QUESTIONS = "/admin/interviews/questions";
const GENERATE = `${QUESTIONS}/generate`;
const FORM = {
  category: "qa",
  customCategory: "",
  difficulty: "hard",
  language: "en",
  type: "",
  count: "1",
};

async function editing(behave: Behaviour | null) {
  const service = behave && chatService(behave);
  const it = await practising({ env: service ? { OPENAI_BASE_URL: service.url } : {} });
  const { accounts } = it.app.docent.auth;
  const editor = await it.join("Lee");
  await accounts.update(editor.userId, (row) => ({ ...row, role: "admin" }));
  return {
    ...it,
    editor,
    async [Symbol.asyncDispose]() {
      await it[Symbol.asyncDispose]();
      await service?.[Symbol.asyncDispose]();
    },
  };
}

Deno.test("[P-10][P-38] an editor has drafts written, reads them and saves one, and it is noted down", async () => {
  await using it = await editing(() =>
    JSON.stringify({ questions: [{ ...GOOD_QUESTION, question: "What is <i>flaky</i>?" }] })
  );
  const { editor } = it;
  match(await editor.read(QUESTIONS), new RegExp(`href="${GENERATE}"`));
  match(await editor.read(GENERATE), /Have questions written[^]*How many/);
  const done = await editor.submit(GENERATE, FORM);
  equal(done.status, 303);
  const list = await editor.read(done.headers.get("location")!);
  match(list, /The drafts are written[^]*What is &lt;i>flaky&lt;\/i>\?[^]*Draft/);
  const { catalogue } = it.app.docent.interviews;
  const draft = catalogue.all().at(-1)!;
  equal(draft.draftOf, editor.userId);
  const { tags, expectedKeywords, sampleAnswer, evaluationCriteria, question } = draft;
  await editor.submit(`${QUESTIONS}/${draft.questionId}`, {
    ...{ ...FORM, type: "technical", isActive: "true", question, sampleAnswer },
    ...{ ...evaluationCriteria, tags: tags.join(), expectedKeywords: expectedKeywords.join("\n") },
  });
  equal(catalogue.find(draft.questionId)?.draftOf, null);
  const [, entry] = await it.app.docent.audit.list({ limit: 2 });
  equal(`${entry.action}: ${entry.detail}`, "questions.generated: 1 by gpt-4o-mini");
});

Deno.test("[P-10][P-38] an editor is told when the service writes nothing, or the form is wrong", async () => {
  await using it = await editing(() => new Response("no", { status: 401 }));
  const failed = await it.editor.submit(GENERATE, { ...FORM, customCategory: "Guide" });
  equal(failed.status, 502);
  match(await failed.text(), /role="alert"[^]*wrote nothing that can be used[^]*value="Guide"/);
  const wrong = await it.editor.submit(GENERATE, { ...FORM, count: "99" });
  equal(wrong.status, 400);
  match(await wrong.text(), /Look at the form again/);
});

Deno.test("[P-10][P-38] without a service the page says which settings name one", async () => {
  await using it = await editing(null);
  match(await it.editor.read(GENERATE), /OPENAI_API_KEY/);
  equal((await it.editor.read(QUESTIONS)).includes(GENERATE), false);
  equal((await it.editor.submit(GENERATE, FORM)).status, 502);
});
