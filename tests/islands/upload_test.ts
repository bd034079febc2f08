import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { RefusedError, upload } from "../../islands/upload.ts";
import { uploading, wavFile } from "../support/recordings.ts";

const FILE = wavFile(600);

/** Uploads to the real program; `fate` may cut a request before or behind the server. */
async function uploaded(fate: (n: number, method: string) => "cut" | "lost" | Response | null) {
  await using it = await uploading();
  const stored: number[] = [];
  const pauses: number[] = [];
  let waits = 0;
  let count = 0;
  await upload(new Blob([FILE]), {
    url: it.recordings,
    questionId: it.questionId,
    csrf: "token",
    async fetch(url, init) {
      const answer = fate(++count, init.method ?? "GET");
      if (answer === "cut") throw new TypeError("Network is gone");
      if (answer instanceof Response) return answer;
      const headers = new Headers(init.headers);
      equal(headers.get("x-csrf-token"), "token");
      headers.set("authorization", `Bearer ${it.kim.token}`);
      const response = await it.app.request(url, { ...init, headers });
      if (answer === null) return response;
      await response.body?.cancel();
      throw new TypeError("Answer is lost");
    },
    clock: {
      now: () => 0,
      random: () => 0.5,
      after(ms, step) {
        pauses.push(ms);
        queueMicrotask(step);
        return () => {};
      },
    },
    signal: new AbortController().signal,
    onProgress: (bytes) => stored.push(bytes),
    onWaiting: () => waits++,
  });
  const { recordings } = (await it.kim.get(it.recordings)).body.data;
  deepEqual((await it.play(`${it.recordings}/${recordings[0].id}`)).bytes, FILE);
  return { stored, waits, pauses, count, number: recordings.length as number };
}

Deno.test("[P-43] a file is sent in pieces, and finished", async () => {
  const { stored, waits, count } = await uploaded(() => null);
  deepEqual(stored, [0, 4 * 1024 * 1024, FILE.length]);
  deepEqual([waits, count], [0, 4]);
});

Deno.test("[P-43] after a cut it goes on where the server is, also when only the answer was lost", async () => {
  const cut = await uploaded((n, method) => method === "PATCH" && n === 2 ? "cut" : null);
  equal(cut.waits, 1);
  deepEqual(cut.stored, [0, 0, 4 * 1024 * 1024, FILE.length]);
  const lost = await uploaded((n, method) => method === "PATCH" && n === 2 ? "lost" : null);
  deepEqual(lost.stored, [0, 4 * 1024 * 1024, FILE.length]);
  equal(lost.number, 1);
});

Deno.test("[P-43] every request may be cut, and pauses grow up to a quarter of a minute", async () => {
  const { waits, pauses } = await uploaded((n) => n < 9 || n % 3 === 0 ? "cut" : null);
  ok(waits > 8);
  ok(Math.max(...pauses) <= 15_000);
  ok(pauses[4] > pauses[0]);
});

Deno.test("[P-43] who is told to wait waits as long as that", async () => {
  const busy = new Response("", { status: 429, headers: { "retry-after": "20" } });
  const { pauses } = await uploaded((n) => n === 4 ? busy : null);
  deepEqual(pauses, [20_000]);
});

Deno.test("[P-43] what the server does not want is told by its status", async () => {
  for (const status of [401, 404, 413, 415]) {
    const refused = () => new Response("{}", { status });
    await rejects(
      uploaded(refused),
      (error) => error instanceof RefusedError && error.status === status,
    );
  }
});
