import { deepEqual, equal, ok } from "node:assert/strict";
import { interviewKeys } from "../../../lib/interviews/keys.ts";
import { newSecret } from "../../../lib/key_file.ts";
import { createSealer } from "../../../lib/sealing.ts";
import { begun, ended, NO_LIMITS } from "../../support/analysing.ts";
import { person } from "../../support/person.ts";
import { wavFile } from "../../support/recordings.ts";
import { testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const BROKEN = new TextEncoder().encode("{ this was");
const DAY_MS = 86_400_000;

/** The program as often as it is started, on one store. */
async function restarting() {
  const folder = await Deno.makeTempDir({ prefix: "docent-recordings-" });
  const kv = await Deno.openKv(":memory:");
  const clock = testClock();
  const sealer = await createSealer([newSecret()]);
  return {
    ...{ kv, clock },
    start: () =>
      testApp({
        env: {
          ...NO_LIMITS,
          RECORDINGS_DIR: folder,
          JWT_EXPIRES_IN: "60d",
        },
        parts: { kv, clock, sealer },
      }),
    files: () => Array.from(Deno.readDirSync(folder), ({ name }) => name),
    async [Symbol.asyncDispose]() {
      kv.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

type Restarting = Awaited<ReturnType<typeof restarting>>;
type App = Awaited<ReturnType<Restarting["start"]>>;

/** Begins an upload in an interview of a new person, and breaks its row. */
async function withBrokenUpload({ kv }: Restarting, app: App) {
  const kim = await person(app);
  const { sessionId, questionId } = await begun(kim);
  const recordings = `/api/sessions/${sessionId}/recordings`;
  const file = wavFile(2);
  const upload = await kim.send("POST", recordings, { questionId, size: file.length });
  const id: string = upload.body.data.id;
  await app.request(`${recordings}/${id}`, {
    method: "PATCH",
    headers: {
      authorization: `Bearer ${kim.token}`,
      "content-type": "application/offset+octet-stream",
      "upload-offset": "0",
    },
    body: file.slice(0, 9_000),
  });
  await kv.set(interviewKeys.recording({ userId: kim.userId, sessionId }, id), BROKEN);
  return { kim, id, session: `/api/sessions/${sessionId}`, path: `${recordings}/${id}` };
}

Deno.test("[P-35][P-40] a recording whose row cannot be read stops no start, and goes like an upload", async () => {
  await using it = await restarting();
  await using app = await it.start();
  const { kim, id, session, path } = await withBrokenUpload(it, app);
  await using again = await it.start();
  const read = await again.request(session, { headers: { authorization: `Bearer ${kim.token}` } });
  equal(read.status, 200);
  await read.body?.cancel();
  const { recordings } = (await kim.get(`${session}/recordings`)).body.data;
  deepEqual(recordings.map((it: { id: string; size: number }) => [it.id, it.size]), [[id, 0]]);
  equal(it.files().length, 1);
  it.clock.advance(DAY_MS + 1);
  await again.docent.interviews.recordings.removeAbandoned();
  equal((await kim.get(path)).status, 404);
  deepEqual(it.files(), []);
  const left = await Array.fromAsync(it.kv.list({ prefix: interviewKeys.uploadsByStart }));
  deepEqual(left, []);
});

Deno.test("[P-31][P-35][P-40] a row of a recording that cannot be read goes with its interview and with its person", async () => {
  await using it = await restarting();
  await using app = await it.start();
  const first = await withBrokenUpload(it, app);
  equal((await first.kim.send("DELETE", first.session)).status, 200);
  const second = await withBrokenUpload(it, app);
  await app.docent.interviews.forget(second.kim.userId);
  deepEqual(it.files(), []);
  const rows = await Array.fromAsync(it.kv.list({ prefix: interviewKeys.everyRecording }));
  deepEqual(rows, []);
});

Deno.test("[P-35][P-36] a job and a question that cannot be read leave the others to be worked at", async () => {
  await using it = await restarting();
  await it.kv.set(interviewKeys.job("analysis_0"), BROKEN);
  await it.kv.set(interviewKeys.question("qa-1-ko"), BROKEN);
  await using app = await it.start();
  const kim = await person(app);
  const { data } = (await kim.send("POST", "/api/analysis/answer", await begun(kim))).body;
  equal((await ended(app, kim.userId, data.id)).status, "completed");
  deepEqual(await app.docent.interviews.queue.listDead(10), []);
  ok((await kim.get("/api/questions/qa-1-ko")).body.data.question.length > 0);
});
