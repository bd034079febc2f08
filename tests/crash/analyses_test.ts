import assert from "node:assert/strict";
import { startChild, tempFolder } from "../../tools/child_server.ts";
import { ANSWER, NO_LIMITS } from "../support/analysing.ts";
import { chatService, GOOD_REPLY } from "../support/chat_service.ts";
import { eventually } from "../support/eventually.ts";
import { ADMIN, post } from "../support/test_app.ts";

const ANSWERS = 100;

/** Asks a server as the administrator. */
async function signedIn(url: string) {
  const login = await (await fetch(`${url}/api/admin/login`, post(ADMIN))).json();
  const headers = { authorization: `Bearer ${login.data.token}` };
  const ask = async (path: string, init: RequestInit) => (await fetch(url + path, init)).json();
  return {
    get: (path: string) => ask(path, { headers }),
    send: (path: string, body: unknown) => ask(path, post(body, headers)),
  };
}

Deno.test("[P-30][P-36] of a hundred queued analyses none is lost or counted twice after kill -9", async () => {
  await using folder = await tempFolder();
  // Half of them are judged, and then nothing more: that is when the server is killed.
  let left = ANSWERS / 2;
  await using service = chatService(({ signal }) =>
    left-- > 0
      ? JSON.stringify(GOOD_REPLY)
      : new Promise((resolve) => signal.addEventListener("abort", () => resolve("late")))
  );
  const env = {
    ...NO_LIMITS,
    KV_PATH: folder.kvPath,
    ADMIN_USERNAME: ADMIN.username,
    OPENAI_BASE_URL: service.url,
    OPENAI_TIMEOUT: "1h",
    LOG_LEVEL: "error",
  };
  const ids: string[] = [];
  {
    await using server = await startChild({ env });
    const admin = await signedIn(server.url);
    for (let i = 0; i < ANSWERS; i++) {
      const body = { category: "other", language: "en" };
      const { id: sessionId, currentQuestion } = (await admin.send("/api/sessions", body)).data;
      const input = { sessionId, questionId: currentQuestion.questionId, answer: ANSWER };
      ids.push((await admin.send("/api/analysis/answer", input)).data.id);
    }
    await eventually(() => service.calls.length > ANSWERS / 2, "half of them are judged", 20_000);
  }
  await using server = await startChild({ env: { ...env, OPENAI_BASE_URL: "" } });
  const admin = await signedIn(server.url);
  const models: string[] = [];
  for (const id of ids) {
    let data = { status: "", aiAnalysis: { model: "" } };
    await eventually(
      async () => {
        data = (await admin.get(`/api/analysis/${id}`)).data;
        return data.status === "completed";
      },
      `${id} is judged`,
      20_000,
    );
    models.push(data.aiAnalysis.model);
  }
  assert.deepEqual(new Set(models), new Set(["gpt-4o-mini", "local-rubric-1"]));
  const { questionsAnswered } = (await admin.get("/api/analytics/user-stats")).data;
  assert.equal(questionsAnswered, ANSWERS);
  const { skills } = (await admin.get("/api/analytics/skills")).data;
  assert.equal(skills.logic.questionsCount, 10);
  const { mode } = await Deno.stat(`${folder.kvPath}.key`);
  assert.equal((mode ?? 0) & 0o777, 0o600);
});
