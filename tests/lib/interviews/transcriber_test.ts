import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import type { TranscriptionSettings } from "../../../lib/config/interviews.ts";
import { createRemoteTranscriber } from "../../../lib/interviews/mod.ts";
import { askingDeps } from "../../support/asking_deps.ts";
import { endless } from "../../support/chat_service.ts";
import { wavFile } from "../../support/recordings.ts";
import { type Transcribing, transcriptionService } from "../../support/transcription_service.ts";

const FILE = wavFile(20);
const NEVER = new AbortController().signal;
const TEXT = "First I listened to my colleague, then we agreed.";

interface Tried {
  readonly behave: Transcribing;
  readonly transcription?: Partial<TranscriptionSettings>;
  readonly signal?: AbortSignal;
}

/** Has a recording written down by a stand-in service. */
async function transcribed({ behave, transcription, signal = NEVER }: Tried) {
  await using service = transcriptionService(behave);
  const { deps, noted } = askingDeps(service.url);
  const transcriber = createRemoteTranscriber({
    ...deps,
    transcription: {
      model: "whisper-test",
      timeoutSec: 5,
      maxBytes: 25_000_000,
      centsPerHour: 0,
      ...transcription,
    },
  });
  const file = {
    length: () => Promise.resolve(FILE.length),
    append: () => Promise.resolve(0),
    async *read({ from, to }: { from: number; to: number }) {
      for (let at = from; at < to; at += 50_000) {
        yield await Promise.resolve(FILE.slice(at, Math.min(to, at + 50_000)));
      }
    },
  };
  const media = { mediaType: "audio/wav", durationSec: 20, tracks: [] };
  const speech = { file, size: FILE.length, media, language: "ko" as const };
  const text = await transcriber.transcribe(speech, signal);
  return { text, calls: service.calls, noted };
}

Deno.test("[P-42] a service is sent the recording by the protocol, and its transcript is taken", async () => {
  const { text, calls, noted } = await transcribed({ behave: () => TEXT });
  equal(text, TEXT);
  const [{ path, authorization, fields, fileName, fileType, bytes }] = calls;
  deepEqual([path, authorization], ["/v1/audio/transcriptions", "Bearer sk-test"]);
  deepEqual(fields, { model: "whisper-test", language: "ko", response_format: "json" });
  deepEqual([fileName, fileType], ["answer.wav", "audio/wav"]);
  deepEqual(bytes, FILE);
  const { seconds, ...rest } = noted[0];
  ok(seconds >= 0);
  deepEqual(rest, {
    task: "transcription",
    outcome: "ok",
    inputTokens: 0,
    outputTokens: 0,
    soundSec: 20,
  });
});

const refused = (status: number) => () => new Response("no", { status });

for (
  const [name, behave, tries] of [
    ["500", refused(500), 3],
    ["429", refused(429), 3],
    ["401", refused(401), 1],
    ["404", refused(404), 1],
    ["a redirect", () => Response.redirect("http://127.0.0.1:1/", 307), 3],
    ["HTML", () => new Response("<html>busy</html>"), 3],
    ["another JSON", () => Response.json({ words: [] }), 3],
    ["text that is none", () => Response.json({ text: { $ne: 1 } }), 3],
    ["a megabyte", () => Response.json({ text: "x".repeat(1_000_000) }), 3],
    ["an endless reply", () => new Response(endless()), 3],
  ] as const
) {
  Deno.test(`[P-42] without a transcript after ${tries} tries: ${name}`, async () => {
    const { text, calls, noted } = await transcribed({ behave });
    equal(text, null);
    equal(calls.length, tries);
    equal(noted.length, tries);
    for (const { outcome } of noted) match(outcome, /^(failed|unreadable)$/);
  });
}

Deno.test("[P-42] a service that is busy once is asked again", async () => {
  let count = 0;
  const { text } = await transcribed({
    behave: () => count++ === 0 ? new Response("", { status: 503 }) : TEXT,
  });
  equal(text, TEXT);
});

const hanging: Transcribing = ({ signal }) =>
  new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(new Response("late")));
  });

Deno.test("[P-42] a service that does not answer is left after the time that is set", async () => {
  const { text, noted } = await transcribed({
    behave: hanging,
    transcription: { timeoutSec: 0.2 },
  });
  equal(text, null);
  deepEqual(noted.map(({ outcome }) => outcome), ["failed"]);
});

Deno.test("[P-42] a stop is told as such", async () => {
  const stop = new AbortController();
  const behave: Transcribing = (call) => {
    stop.abort(new Error("Stopping"));
    return hanging(call);
  };
  await rejects(transcribed({ behave, signal: stop.signal }), /Stopping/);
});

Deno.test("[P-42] a recording that is too large for the service stays here", async () => {
  const { text, calls } = await transcribed({
    behave: () => TEXT,
    transcription: { maxBytes: FILE.length - 1 },
  });
  deepEqual([text, calls], [null, []]);
});
