import { type Language, MAX_ANSWER_CHARS, MIN_ANSWER_CHARS } from "../schema.ts";
import type { RecordingPlace } from "./recording_schema.ts";
import type { Recordings } from "./recordings.ts";
import type { Transcriber } from "./transcriber.ts";

/** A recorded answer, and the language that it is to be in. */
export interface Spoken extends RecordingPlace {
  readonly language: Language;
}

/** Recorded answers as text. */
export interface Transcripts {
  /**
   * As long as an answer may be; null where none can be had, or next to nothing was said.
   * @throws AppError NOT_FOUND, DATABASE_ERROR; the reason of the signal
   */
  write(spoken: Spoken, signal: AbortSignal): Promise<string | null>;
}

export function createTranscripts(
  { recordings, transcriber }: {
    readonly recordings: Pick<Recordings, "content">;
    readonly transcriber: Transcriber;
  },
): Transcripts {
  return {
    async write({ language, ...place }, signal) {
      const { recording: { size, media }, file } = await recordings.content(place);
      if (media === null) return null;
      return toAnswer(await transcriber.transcribe({ file, size, media, language }, signal));
    },
  };
}

/** What a service heard, as somebody could have written it. */
function toAnswer(transcript: string | null): string | null {
  const said = (transcript ?? "").normalize("NFC").replaceAll(/[^\P{Cc}\n\t]/gu, "").trim();
  const characters = [...said].slice(0, MAX_ANSWER_CHARS);
  return characters.length < MIN_ANSWER_CHARS ? null : characters.join("");
}
