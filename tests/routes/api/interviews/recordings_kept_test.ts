import { deepEqual, equal, match } from "node:assert/strict";
import { assertError } from "../../../support/http.ts";
import { person } from "../../../support/person.ts";
import { uploading, wavFile } from "../../../support/recordings.ts";
import { testApp } from "../../../support/test_app.ts";

const FILE = wavFile(30);
const MIDDLE = 100_001;

Deno.test("[P-31][P-35][P-40] recordings go with their interview and with their person", async () => {
  await using it = await uploading();
  await it.upload(FILE);
  const next = (await it.kim.send("POST", `${it.session}/next`, {})).body.data.question.id;
  const unfinished = await it.begin(FILE.length, next);
  await it.send(unfinished, { offset: 0, bytes: FILE.slice(0, MIDDLE) });
  equal(it.files().length, 2);
  await it.kim.send("DELETE", it.session);
  deepEqual(it.files(), []);
  assertError(await it.kim.get(unfinished), { status: 404, code: "NOT_FOUND" });
  const other = (await it.kim.send("POST", "/api/sessions", { category: "qa" })).body.data;
  const body = { questionId: other.currentQuestion.id, size: FILE.length };
  const { headers } = await it.kim.send("POST", `/api/sessions/${other.id}/recordings`, body);
  await it.send(headers.get("location") ?? "", { offset: 0, bytes: FILE });
  equal(it.files().length, 1);
  await it.app.docent.interviews.forget(it.kim.userId);
  deepEqual(it.files(), []);
});

Deno.test("[P-40] what was sent in stays: no second take, no deletion by itself", async () => {
  await using it = await uploading();
  const path = await it.upload(FILE);
  const conflict = { status: 409, code: "CONFLICT" } as const;
  assertError(await it.kim.send("DELETE", path), conflict);
  const body = { questionId: it.questionId, size: 100 };
  assertError(await it.kim.send("POST", it.recordings, body), conflict);
  deepEqual((await it.play(path)).bytes, FILE);
});

Deno.test("[P-31][P-40] the copy of one's data names the recordings", async () => {
  await using it = await uploading();
  const path = await it.upload(FILE);
  const { body } = await it.kim.send("POST", "/api/analytics/export", { format: "json" });
  match(body, new RegExp(`"contentUrl":"${path}/content"`));
  const { questions } = (await it.kim.get(it.session)).body.data;
  deepEqual(questions[0].recording, {
    id: path.split("/").at(-1),
    mediaType: "audio/wav",
    duration: 30,
    tracks: [{ kind: "audio", codec: "pcm-u8" }],
    size: FILE.length,
    contentUrl: `${path}/content`,
  });
});

Deno.test("[P-40] with a store in memory and no folder, recordings are not kept", async () => {
  await using app = await testApp();
  const kim = await person(app);
  const { id, currentQuestion } = (await kim.send("POST", "/api/sessions", {})).body.data;
  const body = { questionId: currentQuestion.id, size: 100 };
  const answer = await kim.send("POST", `/api/sessions/${id}/recordings`, body);
  assertError(answer, { status: 503, code: "UNAVAILABLE" });
});
