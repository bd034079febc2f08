/**
 * `deno run -A bench/recordings.ts`: uploads a recording of 200 MB (or of as many as are named) to
 * the program on loopback, plays it, and prints how long that took and how much memory the server
 * held meanwhile.
 */
import { startChild } from "./child.ts";
import { signIn } from "./operator.ts";

const MEGABYTE = 1_000_000;
const PIECE_BYTES = 4 * 1024 * 1024;
const BYTES_PER_SEC = 8_000;
const size = Number(Deno.args[0] ?? 200) * MEGABYTE;

async function main(): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "docent-bench-" });
  const args = ["run", "-A", "bench/server.ts"];
  const server = await startChild(Deno.execPath(), args, { KV_PATH: `${folder}/bench.kv` });
  const authorization = `Bearer ${await signIn(server.url)}`;

  async function post(path: string, content: object) {
    const headers = { authorization, "content-type": "application/json" };
    const body = JSON.stringify(content);
    const answer = await fetch(server.url + path, { method: "POST", headers, body });
    return (await answer.json()).data;
  }

  const { id, currentQuestion } = await post("/api/sessions", {});
  const recordings = `/api/sessions/${id}/recordings`;
  const begun = await post(recordings, { questionId: currentQuestion.id, size });
  const path = `${server.url}${recordings}/${begun.id}`;
  const piece = waveOf(size);
  const before = server.rssMiB();
  let most = before;
  const timer = setInterval(() => most = Math.max(most, server.rssMiB()), 20);
  const startedAt = performance.now();
  for (let offset = 0; offset < size; offset += PIECE_BYTES) {
    const body = piece.subarray(0, Math.min(PIECE_BYTES, size - offset));
    const headers = {
      authorization,
      "content-type": "application/offset+octet-stream",
      "upload-offset": String(offset),
    };
    const answer = await fetch(path, { method: "PATCH", headers, body });
    if (!answer.ok) throw new Error(await answer.text());
    await answer.body?.cancel();
  }
  const uploadedAt = performance.now();
  await (await fetch(`${path}/finish`, { method: "POST", headers: { authorization } })).text();
  const finishedAt = performance.now();
  let played = 0;
  const { body } = await fetch(`${path}/content`, { headers: { authorization } });
  for await (const chunk of body ?? []) played += chunk.length;
  const playedAt = performance.now();
  clearInterval(timer);
  if (played !== size) throw new Error(`${played} of ${size} bytes were played`);
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(2);
  console.log(`size ${size / MEGABYTE} MB`);
  console.log(
    `upload ${seconds(startedAt, uploadedAt)} s, finish ${
      seconds(uploadedAt, finishedAt)
    } s, play ${seconds(finishedAt, playedAt)} s`,
  );
  console.log(`memory before ${before.toFixed(0)} MiB, at most ${most.toFixed(0)} MiB`);
  await server.stop();
  await Deno.remove(folder, { recursive: true });
}

/** The first piece of a WAV file of that many bytes; the others may be like it. */
function waveOf(bytes: number): Uint8Array<ArrayBuffer> {
  const piece = new Uint8Array(PIECE_BYTES).fill(128);
  const view = new DataView(piece.buffer);
  piece.set(new TextEncoder().encode("RIFF"), 0);
  view.setUint32(4, bytes - 8, true);
  piece.set(new TextEncoder().encode("WAVEfmt "), 8);
  const format = [16, 0x0001_0001, BYTES_PER_SEC, BYTES_PER_SEC, 0x0008_0001];
  format.forEach((value, at) => view.setUint32(16 + 4 * at, value, true));
  piece.set(new TextEncoder().encode("data"), 36);
  view.setUint32(40, bytes - 44, true);
  return piece;
}

await main();
