import { deepEqual, equal } from "node:assert/strict";
import { type Analyser, localAnalyser } from "../../../../lib/interviews/mod.ts";
import { begun } from "../../../support/analysing.ts";
import { eventually } from "../../../support/eventually.ts";
import { assertError } from "../../../support/http.ts";
import { answering } from "../../../support/answering.ts";

/** Fails as often as told, then judges. */
function failing(times: number): Analyser {
  let left = times;
  return {
    analyse: (submission, signal) =>
      left-- > 0
        ? Promise.reject(new Error("The analyser is broken"))
        : localAnalyser.analyse(submission, signal),
  };
}

Deno.test("[P-36] a failing analyser is tried again, with pauses, and the answer is judged once", async () => {
  await using it = await answering({ analyser: failing(2) });
  const input = await begun(it.kim);
  const { id } = (await it.send(input)).body.data;
  const status = async () => (await it.kim.get(`/api/analysis/${id}`)).body.data.status;
  await eventually(async () => {
    it.clock.advance(1_000);
    it.app.docent.interviews.queue.pump();
    return await status() === "completed";
  }, "it is completed at the third time");
  const { kinds } = it;
  equal(kinds().filter((kind) => kind === "analysis:started").length, 3);
  equal(kinds().filter((kind) => kind === "analysis:completed").length, 1);
});

Deno.test("[V-10][P-36][P-39][T-V05] an analysis that keeps failing is given up, and the kept answer can be sent again", async () => {
  await using it = await answering({ analyser: failing(5) });
  const input = await begun(it.kim);
  const { id } = (await it.send(input)).body.data;
  await eventually(() => {
    it.clock.advance(10_000);
    it.app.docent.interviews.queue.pump();
    return it.kinds().includes("analysis:failed");
  }, "it is given up");
  const failed = (await it.kim.get(`/api/analysis/${id}`)).body.data;
  deepEqual([failed.status, failed.error.retryable], ["failed", true]);
  assertError(await it.kim.get(`/api/analysis/feedback/${id}`), { status: 409, code: "CONFLICT" });
  const again = await it.judged(input);
  deepEqual([again.status, again.userAnswer], ["completed", input.answer]);
});

for (const isFirst of [true, false]) {
  const when = isFirst ? "before" : "after";
  Deno.test(`[V-12] a report comes though an answer is given up ${when} the interview is completed`, async () => {
    // The second answer alone fails, as often as it is tried.
    const analyser: Analyser = {
      analyse: (submission, signal) =>
        submission.previousAnswers.length > 0
          ? Promise.reject(new Error("The analyser is broken"))
          : localAnalyser.analyse(submission, signal),
    };
    await using it = await answering({ analyser });
    const input = await begun(it.kim);
    const { totalScore } = await it.judged(input);
    const path = `/api/sessions/${input.sessionId}`;
    const { question } = (await it.kim.send("POST", `${path}/next`, {})).body.data;
    await it.send({ ...input, questionId: question.questionId });
    const complete = () => it.kim.send("POST", `${path}/complete`);
    if (!isFirst) await complete();
    equal(it.kinds().includes("report:generated"), false);
    await eventually(() => {
      it.clock.advance(10_000);
      it.app.docent.interviews.queue.pump();
      return it.kinds().includes("analysis:failed");
    }, "it is given up");
    if (isFirst) await complete();
    const reports = it.kinds().filter((kind) => kind.startsWith("report:"));
    deepEqual(reports, ["report:generated"]);
    equal((await it.kim.get(path)).body.data.totalScore, totalScore, "of what is judged");
  });
}

Deno.test("[V-12][X-13] a report of which no answer could be judged says so", async () => {
  await using it = await answering({ analyser: failing(Infinity) });
  const input = await begun(it.kim);
  await it.send(input);
  await it.kim.send("POST", `/api/sessions/${input.sessionId}/complete`);
  await eventually(() => {
    it.clock.advance(10_000);
    it.app.docent.interviews.queue.pump();
    return it.kinds().includes("report:generated");
  }, "the report is told");
  const shown = async () =>
    JSON.stringify((await it.kim.get(`/api/notifications/${it.kim.userId}`)).body);
  await eventually(
    async () => /답변이 없습니다|No answer could/.test(await shown()),
    "its person reads it",
  );
});
