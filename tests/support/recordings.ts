import { NO_LIMITS } from "./analysing.ts";
import { ask, bearer } from "./http.ts";
import { type Person, person } from "./person.ts";
import { testApp, type TestAppOptions } from "./test_app.ts";
import { testClock } from "./test_clock.ts";

const BYTES_PER_SEC = 8_000;
const HEAD_BYTES = 44;

/** A recording as a file: WAV of one channel, 8 bits, 8000 Hz; a quiet tone. */
export function wavFile(seconds: number): Uint8Array<ArrayBuffer> {
  const samples = Math.round(seconds * BYTES_PER_SEC);
  const file = new Uint8Array(HEAD_BYTES + samples);
  const view = new DataView(file.buffer);
  const text = (at: number, value: string) => file.set(new TextEncoder().encode(value), at);
  text(0, "RIFF");
  view.setUint32(4, file.length - 8, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, BYTES_PER_SEC, true);
  view.setUint32(28, BYTES_PER_SEC, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  text(36, "data");
  view.setUint32(40, samples, true);
  for (let i = 0; i < samples; i++) file[HEAD_BYTES + i] = 128 + (i * 7919) % 64;
  return file;
}

export type Uploading = Awaited<ReturnType<typeof uploading>>;

/** The whole program with a folder for recordings, and somebody in an interview. */
export async function uploading({ env = {}, parts }: TestAppOptions = {}) {
  const folder = await Deno.makeTempDir({ prefix: "docent-recordings-" });
  const clock = testClock();
  const settings = { ...NO_LIMITS, RECORDINGS_DIR: folder, JWT_EXPIRES_IN: "60d", ...env };
  const app = await testApp({ env: settings, parts: { clock, ...parts } });
  const kim = await person(app);
  const { id, currentQuestion } =
    (await kim.send("POST", "/api/sessions", { category: "other", language: "en" })).body.data;
  const recordings = `/api/sessions/${id}/recordings`;
  const questionId: string = currentQuestion.id;

  /** Sends a piece, and reads the answer. */
  const send = (
    path: string,
    { offset, bytes, who = kim, type = "application/offset+octet-stream" }: SentPiece,
  ) =>
    ask(app, path, {
      method: "PATCH",
      headers: {
        ...bearer(who.token).headers,
        "content-type": type,
        "upload-offset": String(offset),
      },
      body: bytes,
    });

  const begin = async (size: number, of = questionId) =>
    (await kim.send("POST", recordings, { questionId: of, size })).headers.get("location") ?? "";

  return {
    app,
    clock,
    folder,
    kim,
    session: `/api/sessions/${id}`,
    sessionId: id as string,
    questionId,
    recordings,
    send,
    /** Begins an upload; gives its address. */
    begin,
    /** Uploads and finishes; gives the address. */
    async upload(file: Uint8Array<ArrayBuffer>) {
      const path = await begin(file.length);
      await send(path, { offset: 0, bytes: file });
      await kim.send("POST", `${path}/finish`);
      return path;
    },
    /** Reads what is played from an address. */
    async play(path: string, headers: Record<string, string> = {}) {
      const response = await app.request(`${path}/content`, {
        headers: { ...bearer(kim.token).headers, ...headers },
      });
      const { status } = response;
      return { status, headers: response.headers, bytes: await response.bytes() };
    },
    /** Names of the files that are there. */
    files: () => Array.from(Deno.readDirSync(folder), ({ name }) => name),
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

export interface SentPiece {
  readonly offset: number;
  readonly bytes: BodyInit;
  readonly who?: Person;
  readonly type?: string;
}
