import { equal, match, ok } from "node:assert/strict";
import { eventually } from "../../../support/eventually.ts";
import { practising } from "../../../support/practising.ts";
import { wavFile } from "../../../support/recordings.ts";

const ANSWER = "First I asked 20 visitors, then I moved the sign; as a result 85% found it.";

/** Somebody at the pages who has answered the first question by a recording, without a transcript. */
async function spoken(env: Record<string, string> = {}) {
  const folder = await Deno.makeTempDir({ prefix: "docent-recordings-" });
  const it = await practising({ env: { RECORDINGS_DIR: folder, ...env } });
  const interview = await it.kim.start();
  const csrf = await it.kim.csrfToken(interview);
  const questionId = /name="questionId" value="([^"]+)"/.exec(await it.kim.read(interview))?.[1];
  const file = wavFile(2);
  const url = `/api/sessions/${interview.split("/").at(-1)}/recordings`;
  const cookie = [...it.kim.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const send = (path: string, method: string, type: string, body: BodyInit | null) =>
    it.app.request(path, {
      method,
      body,
      headers: { cookie, "x-csrf-token": csrf, "content-type": type, "upload-offset": "0" },
    });
  const begun = await send(
    url,
    "POST",
    "application/json",
    JSON.stringify({ questionId, size: file.length }),
  );
  equal(begun.status, 201);
  const path = begun.headers.get("location") ?? "";
  await send(path, "PATCH", "application/offset+octet-stream", file);
  equal((await send(`${path}/finish`, "POST", "text/plain", null)).status, 202);
  const page = `${interview}/answers/1`;
  await eventually(
    async () => /Write down what you said/.test(await it.kim.read(page)),
    "the page asks for the words",
  );
  return {
    ...it,
    ...{ interview, path, page },
    /** Sends in by the form what was said. */
    writeDown: (answer: string) =>
      it.kim.submit(`${interview}/answer`, { questionId: questionId ?? "", answer }),
    async [Symbol.asyncDispose]() {
      await it[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

Deno.test("[P-43][P-38] a spoken answer is played on its page, and written down there without a transcript", async () => {
  await using it = await spoken();
  const { kim, page, path } = it;
  const asking = await kim.read(page);
  match(asking, new RegExp(`<audio[^>]+src="${path}/content"`));
  // What one said is not to be copied from it.
  for (const where of [asking, await kim.read(`${it.interview}/report`)]) {
    ok(!where.includes("An ideal answer"));
    match(where, /could not be turned into text|no transcript|Write down/i);
  }
  await it.writeDown(ANSWER);
  await eventually(async () => /of 100/.test(await kim.read(page)), "it is judged");
  const judged = await kim.read(page);
  match(judged, new RegExp(`src="${path}/content"`));
  match(judged, /An ideal answer/);
});

Deno.test("[P-43][P-29] what is written down and refused stays in its form, also while the next question waits", async () => {
  await using it = await spoken({ INTERVIEW_ANSWERS_PER_MIN: "1" });
  await it.kim.submit(`${it.interview}/next`);
  for (const [text, status] of [["Too short", 400], [ANSWER, 429]] as const) {
    const answer = await it.writeDown(text);
    equal(answer.status, status);
    const html = await answer.text();
    match(html, /Write down what you said/);
    match(html, new RegExp(`<textarea[^>]*>\\s*${text}`));
    match(html, status === 400 ? /aria-invalid="true"/ : /class="notice[^"]*bad/);
  }
});

Deno.test("[P-43] microphone and camera are for the page that records, and for no other", async () => {
  await using it = await practising();
  const interview = await it.kim.start();
  const headersOf = async (path: string) => (await it.kim.open(path)).headers;
  const records = await headersOf(interview);
  match(records.get("permissions-policy") ?? "", /camera=\(self\), microphone=\(self\)/);
  match(records.get("content-security-policy") ?? "", /media-src 'self' blob:/);
  for (const path of ["/app/practice", "/app/feed", `${interview}/answers/1`, "/admin/login"]) {
    const others = await headersOf(path);
    match(others.get("permissions-policy") ?? "", /camera=\(\), microphone=\(\)/, path);
    ok(!others.get("content-security-policy")?.includes("blob:"), path);
  }
});
