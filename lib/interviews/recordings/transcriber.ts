import { z } from "zod";
import type { AiSettings, TranscriptionSettings } from "../../config/interviews.ts";
import type { SealedFile } from "../../sealed_file.ts";
import { createTrying, type Note, type TryingDeps } from "../analysis/asking.ts";
import { readReply } from "../analysis/chat_service.ts";
import type { Language } from "../schema.ts";
import type { Media } from "./recording_schema.ts";

/** What somebody said, as a file. */
export interface Speech {
  readonly file: SealedFile;
  /** Bytes. */
  readonly size: number;
  readonly media: Media;
  readonly language: Language;
}

/** Writes down what was said. */
export interface Transcriber {
  /**
   * Null where no transcript can be had.
   * @throws the reason of the signal when that stops it
   */
  transcribe(speech: Speech, signal: AbortSignal): Promise<string | null>;
}

/** Where no service is set: who spoke may write it down. */
export const noTranscriber: Transcriber = { transcribe: () => Promise.resolve(null) };

export interface RemoteTranscriberDeps extends TryingDeps {
  readonly settings: AiSettings;
  readonly transcription: TranscriptionSettings;
  /** Random, another one for each call. */
  readonly unique: () => string;
}

const transcriptSchema = z.object({ text: z.string() });

/**
 * Asks an OpenAI-compatible service, `POST /audio/transcriptions`. The file is opened block by
 * block while it is sent.
 */
export function createRemoteTranscriber(deps: RemoteTranscriberDeps): Transcriber {
  const { settings: { baseUrl, apiKey }, transcription } = deps;
  const attempt = createTrying(deps);

  async function ask(speech: Speech, signal: AbortSignal): Promise<Response> {
    const boundary = `docent-${deps.unique()}`;
    return await fetch(`${baseUrl}/audio/transcriptions`, {
      method: "POST",
      signal,
      // The key and the voice go nowhere else than was set.
      redirect: "error",
      headers: {
        "content-type": `multipart/form-data; boundary=${boundary}`,
        ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }),
      },
      body: ReadableStream.from(formOf(speech, { boundary, model: transcription.model })),
    });
  }

  return {
    async transcribe(speech, signal) {
      if (speech.size > transcription.maxBytes) return null;
      const once = async (signal: AbortSignal, note: Note) => {
        note.soundSec = speech.media.durationSec;
        const reply = await ask(speech, signal);
        note.isAnswered = reply.ok;
        return transcriptSchema.parse(await readReply(reply)).text;
      };
      const { timeoutSec } = transcription;
      return await attempt({ task: "transcription", timeoutSec, once }, signal);
    },
  };
}

/** As a `multipart/form-data` body (RFC 7578). */
async function* formOf(
  { file, size, media, language }: Speech,
  { boundary, model }: { readonly boundary: string; readonly model: string },
): AsyncGenerator<Uint8Array> {
  const encode = (text: string) => new TextEncoder().encode(text);
  const head = (name: string, more = "") =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n`;
  for (const [name, value] of Object.entries({ model, language, response_format: "json" })) {
    yield encode(`${head(name)}\r\n${value}\r\n`);
  }
  const fileName = `; filename="answer.${extensionOf(media.mediaType)}"`;
  yield encode(`${head("file", fileName)}Content-Type: ${media.mediaType}\r\n\r\n`);
  yield* file.read({ from: 0, to: size });
  yield encode(`\r\n--${boundary}--\r\n`);
}

/** Services tell the format by the name. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  "audio/mp4": "m4a",
  "audio/mpeg": "mp3",
  "video/quicktime": "mov",
  "video/x-matroska": "mkv",
  "audio/x-matroska": "mka",
};

function extensionOf(mediaType: string): string {
  return EXTENSIONS[mediaType] ?? mediaType.replace(/^.*\//, "");
}
