import assert from "node:assert/strict";
import { startChild, tempFolder } from "../../tools/child_server.ts";
import { ANSWER, NO_LIMITS } from "../support/analysing.ts";
import { eventually } from "../support/eventually.ts";
import { ADMIN, post } from "../support/test_app.ts";

/** The program as it is, in a process that can reach this machine and nothing else. */
const CUT_OFF = [
  "run",
  "--no-prompt",
  "--cached-only",
  "--allow-net=[::],0.0.0.0,127.0.0.1,localhost",
  ...["env", "read", "write", "sys", "ffi"].map((what) => `--allow-${what}`),
  "main.ts",
];

/** Of the block for documentation: nobody is there, and it is not this machine. */
const NOWHERE = "http://192.0.2.1/v1";

for (
  const [name, env] of [
    ["without a service", {}],
    ["with a service that cannot be reached", {
      OPENAI_BASE_URL: NOWHERE,
      OPENAI_TIMEOUT: "1s",
      OPENAI_GENERATE_TIMEOUT: "1s",
    }],
  ] as const
) {
  Deno.test(`[P-22][P-39][T-P08] a full session runs with the network cut, ${name}`, async () => {
    await using folder = await tempFolder();
    await using server = await startChild({
      args: CUT_OFF,
      env: { ...NO_LIMITS, ...env, KV_PATH: folder.kvPath, ADMIN_USERNAME: ADMIN.username },
    });
    const login = await (await fetch(`${server.url}/api/admin/login`, post(ADMIN))).json();
    const headers = { authorization: `Bearer ${login.data.token}` };
    const ask = async (path: string, init: RequestInit = { headers }) =>
      (await (await fetch(server.url + path, init)).json()).data;
    const send = (path: string, body: unknown) => ask(path, post(body, headers));

    const session = await send("/api/sessions", { category: "qa", language: "ko" });
    const path = `/api/sessions/${session.id}`;
    let question = session.currentQuestion;
    for (let count = 0; count < 2; count++) {
      const input = { sessionId: session.id, questionId: question.questionId, answer: ANSWER };
      const { id } = await send("/api/analysis/answer", input);
      let analysis = { status: "", aiAnalysis: { model: "" }, idealAnswer: "" };
      await eventually(
        async () => {
          analysis = await ask(`/api/analysis/${id}`);
          return analysis.status === "completed";
        },
        "the answer is judged",
        20_000,
      );
      assert.equal(analysis.aiAnalysis.model, "local-rubric-1");
      assert.ok(analysis.idealAnswer.length > 100);
      question = (await send(`${path}/next`, {})).question;
    }
    const generated = await send("/api/questions/generate", { category: "qa", language: "ko" });
    assert.equal(generated.source, "bank");
    await send(`${path}/complete`, {});
    const report = await ask(path);
    assert.deepEqual([report.status, report.results.length], ["completed", 2]);
    assert.ok(report.totalScore > 0);
    assert.equal((await ask("/api/analytics/user-stats")).sessionsCompleted, 1);
  });
}
