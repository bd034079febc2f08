import { deepEqual, equal, rejects } from "node:assert/strict";
import { download, NoFileError, type Progress } from "../../islands/download.ts";

const HEADERS = {
  "content-disposition": 'attachment; filename="mission_data_2025-01-19.ndjson"',
  "x-record-count": "3",
};

/** Downloads what a server sends in these pieces; a null breaks it off. */
async function run(pieces: readonly (string | null)[], headers: HeadersInit = HEADERS) {
  const progress: Progress[] = [];
  const body = ReadableStream.from(async function* () {
    for (const piece of pieces) {
      if (piece === null) throw new Error("connection lost");
      yield new TextEncoder().encode(piece);
    }
  }());
  const downloaded = await download("/export", {
    fetch: () => Promise.resolve(new Response(body, { headers })),
    signal: new AbortController().signal,
    onProgress: (step) => progress.push(step),
  });
  return { progress, downloaded };
}

Deno.test("[M-18] a download tells its records as they arrive, and has its name", async () => {
  const { progress, downloaded } = await run(["{}\n{", "}\n{}\n"]);
  deepEqual(progress, [
    { bytes: 0, lines: 0, total: 3 },
    { bytes: 4, lines: 1, total: 3 },
    { bytes: 9, lines: 3, total: 3 },
  ]);
  equal(downloaded.name, "mission_data_2025-01-19.ndjson");
  equal(await downloaded.file.text(), "{}\n{}\n{}\n");
  equal(downloaded.withoutEvents, 0);
});

Deno.test("[M-18] a download without a count tells its bytes, and of removed events how many", async () => {
  const { progress, downloaded } = await run(["{}\n"], { "x-attempts-without-events": "12" });
  deepEqual(progress.at(-1), { bytes: 3, lines: 1, total: null });
  deepEqual([downloaded.name, downloaded.withoutEvents], ["export", 12]);
});

Deno.test("[M-18] a download that breaks off gives no file", async () => {
  await rejects(run(["{}\n", null]), { message: "connection lost" });
});

Deno.test("[M-18] an answer that is no file is told by its status", async () => {
  for (const status of [401, 403, 503]) {
    const answer = download("/export", {
      fetch: () => Promise.resolve(new Response("{}", { status })),
      signal: new AbortController().signal,
      onProgress() {},
    });
    await rejects(answer, (error) => error instanceof NoFileError && error.status === status);
  }
});
