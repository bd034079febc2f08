import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { ask, assertError, bearer } from "../../../support/http.ts";
import { eventually } from "../../../support/eventually.ts";
import { person } from "../../../support/person.ts";
import { uploading, wavFile } from "../../../support/recordings.ts";

const FILE = wavFile(30);
const MIDDLE = 100_001;

Deno.test("[P-40] a recording is uploaded in pieces, and played as it was sent", async () => {
  await using it = await uploading();
  const { status, headers, body } = await it.kim.send("POST", it.recordings, {
    questionId: it.questionId,
    size: FILE.length,
  });
  equal(status, 201);
  const path = headers.get("location") ?? "";
  deepEqual(body.data, {
    id: path.split("/").at(-1),
    sessionId: it.sessionId,
    questionId: it.questionId,
    status: "uploading",
    size: FILE.length,
    offset: 0,
    createdAt: new Date(it.clock.now()).toISOString(),
  });
  const first = await it.send(path, { offset: 0, bytes: FILE.slice(0, MIDDLE) });
  equal(first.body.data.offset, MIDDLE);
  const head = await it.app.request(path, {
    method: "HEAD",
    headers: { authorization: `Bearer ${it.kim.token}` },
  });
  equal(head.headers.get("upload-offset"), String(MIDDLE));
  equal(head.headers.get("upload-length"), String(FILE.length));
  await it.send(path, { offset: MIDDLE, bytes: FILE.slice(MIDDLE) });
  const finished = await it.kim.send("POST", `${path}/finish`);
  equal(finished.status, 202);
  equal(finished.body.data.status, "stored");
  const media = {
    mediaType: "audio/wav",
    duration: 30,
    tracks: [{ kind: "audio", codec: "pcm-u8" }],
  };
  deepEqual(finished.body.data.media, media);
  const played = await it.play(path);
  equal(played.status, 200);
  equal(played.headers.get("content-type"), "audio/wav");
  deepEqual(played.bytes, FILE);
});

Deno.test("[P-40] a piece at another offset is refused, and told the right one", async () => {
  await using it = await uploading();
  const path = await it.begin(FILE.length);
  await it.send(path, { offset: 0, bytes: FILE.slice(0, MIDDLE) });
  for (const offset of [0, MIDDLE - 1, MIDDLE + 1, FILE.length]) {
    const answer = await it.send(path, { offset, bytes: FILE.slice(MIDDLE) });
    assertError(answer, { status: 409, code: "CONFLICT", field: "Upload-Offset" });
    equal(answer.body.error.details.offset, MIDDLE);
  }
  assertError(await it.kim.send("POST", `${path}/finish`), { status: 409, code: "CONFLICT" });
  assertError(await it.send(path, { offset: -1, bytes: FILE }), {
    status: 400,
    code: "VALIDATION_ERROR",
  });
});

Deno.test("[P-40] what came before the network was cut is kept, and the rest follows", async () => {
  await using it = await uploading();
  const path = await it.begin(FILE.length);
  let sent = 0;
  const cut = new ReadableStream({
    pull(controller) {
      if (sent > 150_000) return controller.error(new Error("Network is gone"));
      controller.enqueue(FILE.slice(sent, sent += 7_000));
    },
  });
  const { offset } = (await it.send(path, { offset: 0, bytes: cut })).body.data;
  equal((await it.kim.get(path)).body.data.offset, offset);
  ok(offset >= 150_000 && offset <= sent, `${offset} of ${sent}`);
  await it.send(path, { offset, bytes: FILE.slice(offset) });
  await it.kim.send("POST", `${path}/finish`);
  deepEqual((await it.play(path)).bytes, FILE);
});

Deno.test("[P-40] a new connection ends the one that hangs, and goes on behind it", async () => {
  await using it = await uploading();
  const path = await it.begin(FILE.length);
  const hanging = new ReadableStream({
    start: (controller) => controller.enqueue(FILE.slice(0, MIDDLE)),
  });
  const first = it.send(path, { offset: 0, bytes: hanging });
  // A block is on the disk as soon as it is whole.
  await eventually(async () => (await it.kim.get(path)).body.data.offset > 0, "it is under way");
  await eventually(async () => {
    const { offset } = (await it.kim.get(path)).body.data;
    return (await it.send(path, { offset, bytes: FILE.slice(offset) })).status === 200;
  }, "the second goes on where the first was stopped");
  equal((await first).status, 200);
  await it.kim.send("POST", `${path}/finish`);
  deepEqual((await it.play(path)).bytes, FILE);
});

Deno.test("[P-40] a recording is played from any byte on", async () => {
  await using it = await uploading();
  const path = await it.upload(FILE);
  const size = FILE.length;
  for (
    const [from, to] of [[0, 1], [0, size], [65_535, 65_537], [70_000, 200_000], [size - 1, size]]
  ) {
    const { status, headers, bytes } = await it.play(path, { range: `bytes=${from}-${to - 1}` });
    equal(status, 206);
    equal(headers.get("content-range"), `bytes ${from}-${to - 1}/${size}`);
    equal(headers.get("content-length"), String(to - from));
    deepEqual(bytes, FILE.slice(from, to));
  }
  deepEqual((await it.play(path, { range: "bytes=-100" })).bytes, FILE.slice(-100));
  deepEqual((await it.play(path, { range: `bytes=${size - 9}-` })).bytes, FILE.slice(-9));
  equal((await it.play(path, { range: "bytes=5-1" })).status, 200);
  const { authorization } = bearer(it.kim.token).headers;
  const headers = { authorization, range: `bytes=${size}-` };
  const outside = await ask(it.app, `${path}/content`, { headers });
  assertError(outside, { status: 416, code: "OUT_OF_RANGE", field: "Range" });
  equal(outside.headers.get("content-range"), `bytes */${size}`);
});

Deno.test("[P-40] nobody but its owner knows of a recording", async () => {
  await using it = await uploading();
  const path = await it.upload(FILE);
  const lee = await person(it.app);
  const unknown = { status: 404, code: "NOT_FOUND" } as const;
  for (const address of [path, `${path}/content`, it.recordings]) {
    assertError(await lee.get(address), unknown);
  }
  assertError(await lee.send("DELETE", path), unknown);
  assertError(await lee.send("POST", `${path}/finish`), unknown);
  assertError(await it.send(path, { offset: 0, bytes: FILE, who: lee }), unknown);
  const body = { questionId: it.questionId, size: 100 };
  assertError(await lee.send("POST", it.recordings, body), unknown);
  for (const address of [path, `${path}/content`, it.recordings]) {
    equal((await it.app.request(address)).status, 401);
  }
});

Deno.test("[P-40] what is no audio and no video is refused by its content, with its first piece", async () => {
  await using it = await uploading();
  const bad = { status: 415, code: "UNSUPPORTED_MEDIA" } as const;
  for (const start of ["%PDF-1.7 and more", "<html><script>", "MZ\0\0\0\0\0\0\0\0\0\0\0\0"]) {
    const path = await it.begin(100_000);
    const bytes = new TextEncoder().encode(start.padEnd(100_000, "x"));
    assertError(await it.send(path, { offset: 0, bytes }), { ...bad, field: "body" });
    equal((await it.kim.get(path)).body.data.offset, 0);
  }
  // Where the first piece was too short to tell.
  const short = await it.begin(5);
  equal((await it.send(short, { offset: 0, bytes: "RIFF!" })).status, 200);
  assertError(await it.kim.send("POST", `${short}/finish`), bad);
  const undeclared = await it.send(short, { offset: 0, bytes: "x", type: "audio/wav" });
  assertError(undeclared, { ...bad, field: "Content-Type" });
});

Deno.test("[P-40] sizes are limited: of a file, of a person's, of all", async () => {
  const env = { RECORDING_MAX_MB: "2", RECORDINGS_PER_PERSON_MB: "3", RECORDINGS_IN_ALL_MB: "5" };
  await using it = await uploading({ env });
  const start = async (megabytes: number, who = it.kim) => {
    const { id, currentQuestion } =
      (await who.send("POST", "/api/sessions", { category: "other", language: "en" })).body.data;
    const body = { questionId: currentQuestion.id, size: megabytes * 1_000_000 };
    return await who.send("POST", `/api/sessions/${id}/recordings`, body);
  };
  const tooLarge = { status: 413, code: "PAYLOAD_TOO_LARGE", field: "size" } as const;
  assertError(await start(2.1), tooLarge);
  equal((await start(2)).status, 201);
  assertError(await start(1.1), tooLarge);
  equal((await start(1)).status, 201);
  const lee = await person(it.app);
  // More bytes than were announced.
  const path = (await start(0.0001, lee)).headers.get("location") ?? "";
  assertError(await it.send(path, { offset: 0, bytes: wavFile(1), who: lee }), {
    status: 413,
    code: "PAYLOAD_TOO_LARGE",
  });
  equal((await lee.send("DELETE", path)).status, 200);
  assertError(await start(2, lee).then(() => start(1, lee)), { status: 503, code: "UNAVAILABLE" });
});

Deno.test("[P-40] uploads that are not finished are few, and go after a time", async () => {
  await using it = await uploading({
    env: { RECORDING_UPLOADS: "1", INTERVIEW_MAX_DURATION: "30d" },
  });
  const first = await it.begin(FILE.length);
  await it.send(first, { offset: 0, bytes: FILE.slice(0, MIDDLE) });
  // The same question again takes its place.
  const second = await it.begin(FILE.length);
  assertError(await it.kim.get(first), { status: 404, code: "NOT_FOUND" });
  await it.send(second, { offset: 0, bytes: FILE.slice(0, MIDDLE) });
  const other = (await it.kim.send("POST", "/api/sessions", { category: "qa" })).body.data;
  const body = { questionId: other.currentQuestion.id, size: 100 };
  const path = `/api/sessions/${other.id}/recordings`;
  assertError(await it.kim.send("POST", path, body), { status: 409, code: "CONFLICT" });
  equal(it.files().length, 1);
  const { removeAbandoned } = it.app.docent.interviews.recordings;
  it.clock.advance(86_400_000 - 1);
  await removeAbandoned();
  equal((await it.kim.get(second)).status, 200);
  it.clock.advance(2);
  await removeAbandoned();
  assertError(await it.kim.get(second), { status: 404, code: "NOT_FOUND" });
  deepEqual(it.files(), []);
  equal((await it.kim.send("POST", path, body)).status, 201);
});

Deno.test("[P-30][P-40] recordings are stored sealed, and no piece can be moved or changed", async () => {
  await using it = await uploading();
  const path = await it.upload(FILE);
  const [name] = it.files();
  const file = `${it.folder}/${name}`;
  equal(Deno.statSync(file).mode! & 0o777, 0o600);
  const sealed = await Deno.readFile(file);
  const sample = String.fromCharCode(...FILE.slice(1_000, 1_016));
  ok(!new TextDecoder("latin1").decode(sealed).includes(sample));
  ok(!new TextDecoder("latin1").decode(sealed).includes("WAVEfmt"));
  const block = 64 * 1024 + 28;
  const swapped = sealed.slice();
  swapped.set(sealed.subarray(block, 2 * block), 0);
  swapped.set(sealed.subarray(0, block), block);
  const flipped = sealed.slice();
  flipped[100] ^= 1;
  for (const bytes of [swapped, flipped, sealed.slice(0, 50)]) {
    await Deno.writeFile(file, bytes);
    await rejects(it.play(path, { range: "bytes=0-9" }));
  }
  await Deno.writeFile(file, sealed);
  deepEqual((await it.play(path)).bytes, FILE);
});

Deno.test("[P-40] one that came too fast is kept, can be replaced, and is sent in later", async () => {
  await using it = await uploading({ env: { RATE_ANALYSES_PER_MIN: "2" } });
  const limited = { status: 429, code: "RATE_LIMIT" } as const;
  const unknown = { sessionId: "interview_1", questionId: "x", answer: "Long enough for that" };
  for (let i = 0; i < 2; i++) await it.kim.send("POST", "/api/analysis/answer", unknown);
  const path = await it.begin(FILE.length);
  await it.send(path, { offset: 0, bytes: FILE });
  equal((await it.kim.send("POST", `${path}/finish`)).status, 202);
  await it.kim.send("POST", `${path}/finish`);
  assertError(await it.kim.send("POST", `${path}/finish`), limited);
  it.clock.advance(60_000);
  equal((await it.kim.send("POST", `${path}/finish`)).status, 202);
});
