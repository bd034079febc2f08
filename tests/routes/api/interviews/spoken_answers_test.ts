import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Change } from "../../../../lib/interviews/mod.ts";
import { ANSWER, ended } from "../../../support/analysing.ts";
import { assertError } from "../../../support/http.ts";
import { uploading, wavFile } from "../../../support/recordings.ts";
import { type Transcribing, transcriptionService } from "../../../support/transcription_service.ts";

const FILE = wavFile(3);

/** Somebody who speaks their answers, with a service or without. */
async function speaking(behave?: Transcribing) {
  const service = behave === undefined ? null : transcriptionService(behave);
  // The words are judged here: the stand-in knows no chat.
  const env: Record<string, string> = service === null ? {} : {
    OPENAI_BASE_URL: service.url,
    OPENAI_TRANSCRIBE_MODEL: "whisper-test",
    OPENAI_TIMEOUT: "1",
  };
  const it = await uploading({ env });
  const changes: Change[] = [];
  it.app.docent.interviews.watch((_userId, change) => changes.push(change));
  return {
    ...it,
    calls: service?.calls ?? [],
    changes,
    async speak() {
      const path = await it.upload(FILE);
      const { questions } = (await it.kim.get(it.session)).body.data;
      const { asked } = await it.app.docent.interviews.sessions.get({
        userId: it.kim.userId,
        sessionId: it.sessionId,
      });
      const analysisId = asked[0].analysisId ?? "";
      const analysis = await ended(it.app, it.kim.userId, analysisId);
      return { path, analysis, question: questions[0], address: `/api/analysis/${analysisId}` };
    },
    async [Symbol.asyncDispose]() {
      await it[Symbol.asyncDispose]();
      await service?.[Symbol.asyncDispose]();
    },
  };
}

Deno.test("[P-42][V-08] a spoken answer is written down, and judged like a typed one", async () => {
  await using it = await speaking(() => `\u0007 ${ANSWER} `);
  const { analysis, address } = await it.speak();
  equal(analysis.status, "completed");
  equal(analysis.answerBytes, FILE.length);
  const { body } = await it.kim.get(address);
  equal(body.data.userAnswer, ANSWER);
  ok(body.data.totalScore > 0);
  deepEqual(it.calls[0].bytes, FILE);
  deepEqual([it.calls[0].fields.language, it.calls[0].fileName], ["en", "answer.wav"]);
  const stages = it.changes.flatMap((change) =>
    change.kind === "analysis:progress" ? [`${change.percent} ${change.stage}`] : []
  );
  deepEqual(stages, ["5 transcribing", "20 analysing", "90 storing"]);
  equal((await it.kim.get(it.session)).body.data.questions[0].answer, ANSWER);
});

Deno.test("[P-42] without a service the answer is kept, and its person writes it down", async () => {
  await using it = await speaking();
  const { analysis, address, path } = await it.speak();
  equal(analysis.status, "failed");
  const { error } = (await it.kim.get(address)).body.data;
  match(error.message, /no transcript/);
  deepEqual([error.retryable, error.transcriptMissing], [true, true]);
  ok(it.changes.some(({ kind }) => kind === "analysis:failed"));
  // Also when the interview is over by then.
  await it.kim.send("POST", `${it.session}/complete`);
  const typed = { sessionId: it.sessionId, questionId: it.questionId, answer: ANSWER };
  const sent = await it.kim.send("POST", "/api/analysis/answer", typed);
  equal(sent.status, 202);
  equal((await ended(it.app, it.kim.userId, sent.body.data.id)).status, "completed");
  const { questions } = (await it.kim.get(it.session)).body.data;
  equal(questions[0].answer, ANSWER);
  equal(questions[0].recording.contentUrl, `${path}/content`);
  const other = { ...typed, answer: `${ANSWER} And more` };
  assertError(await it.kim.send("POST", "/api/analysis/answer", other), {
    status: 409,
    code: "CONFLICT",
  });
});

Deno.test("[T-P07][P-42] a sample answer stays hidden until what was said stands there in words", async () => {
  await using it = await speaking();
  const { question } = await it.speak();
  const read = async () => (await it.kim.get(`/api/questions/${question.questionId}`)).body.data;
  equal((await read()).sampleAnswer, undefined);
  const typed = { sessionId: it.sessionId, questionId: it.questionId, answer: ANSWER };
  await it.kim.send("POST", "/api/analysis/answer", typed);
  ok((await read()).sampleAnswer.length > 0);
});

Deno.test("[T-P07][P-42] a transcript shows the sample answer", async () => {
  await using it = await speaking(() => ANSWER);
  const { question } = await it.speak();
  const { sampleAnswer } = (await it.kim.get(`/api/questions/${question.questionId}`)).body.data;
  ok(sampleAnswer.length > 0);
});

Deno.test("[P-42] what a service hears as next to nothing is no answer", async () => {
  await using it = await speaking(() => " Hm. ");
  const { analysis } = await it.speak();
  equal(analysis.failure?.isTranscriptMissing, true);
});

Deno.test("[P-42] a long transcript is cut where an answer ends", async () => {
  await using it = await speaking(() => "가나다 ".repeat(2_000));
  const { analysis } = await it.speak();
  equal(analysis.status, "completed");
  equal([...(await it.kim.get(it.session)).body.data.questions[0].answer].length, 5_000);
});

Deno.test("[P-42] a service that failed is asked again when the recording is sent in again", async () => {
  let isDown = true;
  await using it = await speaking(() => isDown ? new Response("", { status: 404 }) : ANSWER);
  const { path, analysis } = await it.speak();
  equal(analysis.failure?.isTranscriptMissing, true);
  isDown = false;
  const { body } = await it.kim.send("POST", `${path}/finish`);
  const again = await ended(it.app, it.kim.userId, body.data.analysisId);
  equal(again.status, "completed");
});
