import assert from "node:assert/strict";
import { createFairOrder } from "../../../lib/interviews/jobs/fair_order.ts";
import { type Analyser, type Change, localAnalyser } from "../../../lib/interviews/mod.ts";
import { newSecret } from "../../../lib/key_file.ts";
import { createSealer } from "../../../lib/sealing.ts";
import { begun, NO_LIMITS } from "../../support/analysing.ts";
import { eventually } from "../../support/eventually.ts";
import { person } from "../../support/person.ts";
import { testApp } from "../../support/test_app.ts";

const ANSWERS = 100;

Deno.test("[P-36] people take turns in the queue, and each one's jobs keep their order", () => {
  const order = createFairOrder();
  for (const jobId of ["a1", "a2", "a3", "b1", "c1", "c2"]) {
    order.add({ jobId, userId: jobId[0], dueAt: 0 });
  }
  order.add({ jobId: "b2", userId: "b", dueAt: 10 });
  const taken = (now: number) => {
    const ids: string[] = [];
    for (let job = order.take(now); job !== null; job = order.take(now)) ids.push(job.jobId);
    return ids;
  };
  assert.deepEqual(taken(0), ["a1", "b1", "c1", "a2", "c2", "a3"]);
  assert.equal(order.size(), 1);
  assert.deepEqual(taken(10), ["b2"]);
});

/** Judges only the first so many; the others it leaves hanging, as a process that dies would. */
function hangingAfter(count: number): Analyser {
  let left = count;
  return {
    analyse: (submission, signal) =>
      left-- > 0 ? localAnalyser.analyse(submission, signal) : new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  };
}

Deno.test("[P-36] of a hundred queued analyses none is lost and none is done twice in effect", async () => {
  const kv = await Deno.openKv(":memory:");
  const sealer = await createSealer([newSecret()]);
  const questions: string[] = [];
  const analysisIds: string[] = [];
  let userId = "";
  {
    await using app = await testApp({
      parts: { kv, sealer, analyser: hangingAfter(30) },
      env: NO_LIMITS,
    });
    const kim = await person(app);
    userId = kim.userId;
    for (let i = 0; i < ANSWERS; i++) {
      const input = await begun(kim);
      questions.push(input.questionId);
      analysisIds.push((await kim.send("POST", "/api/analysis/answer", input)).body.data.id);
    }
    await eventually(() => app.docent.interviews.queue.waiting() === ANSWERS - 30, "30 are done");
  }
  const completed: string[] = [];
  await using app = await testApp({ parts: { kv, sealer }, env: NO_LIMITS });
  const { interviews } = app.docent;
  interviews.watch((_userId: string, change: Change) => {
    if (change.kind === "analysis:completed") completed.push(change.analysis.analysisId);
  });
  interviews.queue.pump();
  await eventually(() => interviews.queue.waiting() === 0, "all are done", 20_000);
  assert.equal(new Set(completed).size, completed.length);
  assert.equal(completed.length, ANSWERS - 30);
  for (const analysisId of analysisIds) {
    assert.equal((await interviews.analyses.get(userId, analysisId)).status, "completed");
  }
  let scored = 0n;
  for await (
    const { key, value } of kv.list<Deno.KvU64>({ prefix: ["interviews", "question_counts"] })
  ) {
    if (key.at(-1) === "scored") scored += value.value;
  }
  assert.equal(scored, BigInt(ANSWERS));
  for await (const { key } of kv.list({ prefix: ["interviews", "jobs"] })) {
    assert.fail(`Job left over: ${key.join("/")}`);
  }
  kv.close();
});
