import { deepEqual, equal, rejects } from "node:assert/strict";
import { probe } from "../../../lib/interviews/recordings/probe.ts";
import { AppError } from "../../../lib/errors.ts";
import type { SealedFile } from "../../../lib/sealed_file.ts";
import { mediaFile } from "../../support/media_file.ts";
import { wavFile } from "../../support/recordings.ts";

/** A file that counts what is read of it. */
function counted(bytes: Uint8Array) {
  const file = {
    readBytes: 0,
    length: () => Promise.resolve(bytes.length),
    append: () => Promise.resolve(0),
    async *read({ from, to }: { from: number; to: number }) {
      file.readBytes += to - from;
      yield await Promise.resolve(bytes.slice(from, to));
    },
  };
  return file satisfies SealedFile;
}

const probed = (bytes: Uint8Array) => probe(counted(bytes), bytes.length);
const OPUS = { kind: "audio", codec: "opus" };
const VP8 = { kind: "video", codec: "vp8" };

Deno.test("[P-41] type, duration and tracks are found in the container", async () => {
  deepEqual(await probed(await mediaFile({ seconds: 5 })), {
    mediaType: "audio/webm",
    durationSec: 5,
    tracks: [OPUS],
  });
  deepEqual(await probed(await mediaFile({ seconds: 5, container: "mp4", hasVideo: true })), {
    mediaType: "video/mp4",
    durationSec: 5,
    tracks: [OPUS, VP8],
  });
  equal((await probed(wavFile(2))).durationSec, 2);
});

Deno.test("[P-41] so they are in what a browser records, whose head tells no duration", async () => {
  const file = await mediaFile({ seconds: 7, isLive: true, hasVideo: true });
  const { durationSec, ...rest } = await probed(file);
  deepEqual(rest, { mediaType: "video/webm", tracks: [OPUS, VP8] });
  // The last packet tells when it begins, and not always when it ends.
  equal(Math.abs(durationSec - 7) < 0.05, true, String(durationSec));
});

Deno.test("[P-41] a long file is not read from start to end", async () => {
  const bytes = wavFile(600);
  const file = counted(bytes);
  equal((await probe(file, bytes.length)).durationSec, 600);
  equal(file.readBytes < bytes.length / 10, true, `${file.readBytes} bytes were read`);
});

Deno.test("[P-41] what has no sound, is cut off or damaged is refused, and says why", async () => {
  const silent = await mediaFile({ seconds: 1, hasAudio: false, hasVideo: true });
  const whole = await mediaFile({ seconds: 1 });
  const cases: [bytes: Uint8Array, message: RegExp][] = [
    [silent, /^File has no sound$/],
    [whole.slice(0, 60), /^File has no sound$/],
    [whole.slice(0, 20), /^File cannot be read as audio or video$/],
    [wavFile(0), /^File does not tell how long it is$/],
    [new TextEncoder().encode("RIFF....WAVEfmt ".padEnd(5_000, "x")), /^File /],
    [Uint8Array.of(0xff, 0xfb, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), /^File /],
  ];
  for (const [bytes, message] of cases) {
    await rejects(probed(bytes), { name: "AppError", code: "UNSUPPORTED_MEDIA", message });
  }
});

Deno.test("[P-41] a container that names other files is none of ours", async () => {
  const playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:1/a.ts\n";
  const code = "UNSUPPORTED_MEDIA";
  await rejects(probed(new TextEncoder().encode(playlist)), { code });
});

Deno.test("[P-41] a block that cannot be opened is no fault of who sent it", async () => {
  const fault = new AppError("DATABASE_ERROR", "Stored file cannot be read");
  const file = {
    ...counted(wavFile(1)),
    // deno-lint-ignore require-yield
    async *read() {
      await Promise.reject(fault);
    },
  };
  await rejects(probe(file as unknown as SealedFile, 8_044), fault);
});
