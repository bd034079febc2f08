import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type Analyser, localAnalyser } from "../../lib/interviews/mod.ts";
import { ANSWER, begun, ended, NO_LIMITS } from "../support/analysing.ts";
import { eventually } from "../support/eventually.ts";
import { ioClient } from "../support/io_client.ts";
import { type Person, person } from "../support/person.ts";
import { testApp } from "../support/test_app.ts";
import { testClock } from "../support/test_clock.ts";

/** Somebody who practises and somebody else, each on a socket, beside one without a token. */
async function hall(analyser: Analyser = localAnalyser) {
  const clock = testClock();
  const app = await testApp({ parts: { clock, analyser }, env: NO_LIMITS });
  const url = await app.listen();
  const [kim, lee, admin] = [await person(app), await person(app), await person(app, "admin")];
  const his = ioClient(url, { auth: kim });
  const others = [ioClient(url, { auth: lee }), ioClient(url, { auth: admin }), ioClient(url)];
  for (const client of [his, ...others]) await client.next("connected");
  return {
    app,
    clock,
    kim,
    his,
    /** Names of what the others heard of interviews. */
    async overheard(): Promise<string[]> {
      for (const client of others) await client.settled();
      const events = others.flatMap(({ received }) => received.map(({ event }) => event));
      return events.filter((event) => /^(analysis|interview|report):/.test(event));
    },
    async [Symbol.asyncDispose]() {
      for (const client of [his, ...others]) await client.close();
      await app[Symbol.asyncDispose]();
    },
  };
}

async function send(who: Person, input: object): Promise<string> {
  const { status, body } = await who.send("POST", "/api/analysis/answer", input);
  equal(status, 202, JSON.stringify(body));
  return body.data.id;
}

Deno.test("[V-03][V-07][V-08][V-09][T-V04][T-V10][T-V11][T-V12] the owner of an answer hears of its analysis step by step, and nobody else", async () => {
  await using it = await hall();
  const input = await begun(it.kim);
  const analysisId = await send(it.kim, input);
  const { timestamp, ...started } = await it.his.next("analysis:started");
  match(timestamp, /^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/);
  const common = { interviewId: input.sessionId, analysisId, server: "test" };
  deepEqual(started, { ...common, message: "Analysis has started", status: "processing" });
  const progress = await it.his.next("analysis:progress");
  deepEqual([progress.percent, progress.stage, progress.status], [20, "analysing", "processing"]);
  const completed = await it.his.next("analysis:completed");
  deepEqual([completed.status, completed.interviewId], ["completed", input.sessionId]);
  equal(completed.analysis.fileSize, new TextEncoder().encode(ANSWER).length);
  match(completed.analysis.summary, /^\d+\/100 · /);
  ok(completed.analysis.analyzedAt);
  equal(JSON.stringify(it.his.received).includes(ANSWER), false, "answers go over no socket");
  deepEqual(await it.overheard(), []);
});

Deno.test("[V-11][V-12][T-V04] interviews and their reports are told of as they change", async () => {
  await using it = await hall();
  const input = await begun(it.kim);
  const path = `/api/sessions/${input.sessionId}`;
  equal((await it.his.next("interview:updated")).status, "active");
  await ended(it.app, it.kim.userId, await send(it.kim, input));
  await it.kim.send("POST", `${path}/complete`, {});
  const report = await it.his.next("report:generated");
  deepEqual(
    [report.interviewId, report.reportId, report.status, report.server],
    [input.sessionId, input.sessionId, "completed", "test"],
  );
  await it.kim.send("DELETE", path);
  const deleted = await it.his.next("interview:deleted");
  deepEqual([deleted.interviewId, deleted.status], [input.sessionId, "deleted"]);
  deepEqual(await it.overheard(), []);
});

Deno.test("[V-12] a report whose answers are still judged is updated by each, and complete with the last", async () => {
  const held: (() => void)[] = [];
  await using it = await hall({
    async analyse(submission, signal) {
      await new Promise<void>((resolve) => held.push(resolve));
      return await localAnalyser.analyse(submission, signal);
    },
  });
  const input = await begun(it.kim);
  const path = `/api/sessions/${input.sessionId}`;
  await send(it.kim, input);
  const next = await it.kim.send("POST", `${path}/next`, {});
  await send(it.kim, { ...input, questionId: next.body.data.question.questionId });
  await it.kim.send("POST", `${path}/complete`, {});
  await eventually(() => held.length === 2, "both are looked at");
  held[0]();
  equal((await it.his.next("report:updated")).status, "processing");
  held[1]();
  equal((await it.his.next("report:generated")).status, "completed");
});

Deno.test("[V-10][T-V05] an analysis that is given up is told of with what can be done", async () => {
  await using it = await hall({ analyse: () => Promise.reject(new Error("Secret path /etc")) });
  const input = await begun(it.kim);
  const analysisId = await send(it.kim, input);
  const { queue, analyses } = it.app.docent.interviews;
  await eventually(async () => {
    it.clock.advance(120_000);
    queue.pump();
    return (await analyses.get(it.kim.userId, analysisId)).status === "failed";
  }, "it is given up");
  const { timestamp: _, failedAt, ...failed } = await it.his.next("analysis:failed");
  ok(failedAt);
  deepEqual(failed, {
    interviewId: input.sessionId,
    analysisId,
    message: "Analysis failed",
    status: "failed",
    error: "Answer could not be analysed",
    retryable: true,
    server: "test",
  });
  deepEqual(await it.overheard(), []);
});
