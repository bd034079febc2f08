import type { Input, InputTrack } from "mediabunny";
import { AppError } from "../../errors.ts";
import type { SealedFile } from "../../sealed_file.ts";
import type { Media } from "./recording_schema.ts";

/** Read at once; tables of an honest file are far smaller. */
const MAX_READ_BYTES = 16 * 1024 * 1024;
const DEADLINE_MS = 20_000;
const MAX_TRACKS = 16;
/** Longer is not meant as an answer; it would be a made-up figure. */
const MAX_DURATION_SEC = 24 * 3_600;

/**
 * What a file has: its type, its duration, its tracks. It is read block by block, and no more of it
 * than tells that.
 * @throws AppError UNSUPPORTED_MEDIA for what cannot be played or has no sound, DATABASE_ERROR
 */
export async function probe(file: SealedFile, size: number): Promise<Media> {
  const source = createReading(file);
  const input = await openInput(source.read, size);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("It took too long to read")), DEADLINE_MS);
  });
  try {
    return await Promise.race([readMedia(input), late]);
  } catch (cause) {
    // A block that cannot be opened is no fault of who sent it.
    if (source.fault() !== null) throw source.fault();
    if (cause instanceof AppError) throw cause;
    throw unsupported("File cannot be read as audio or video", cause);
  } finally {
    clearTimeout(timer);
    input.dispose();
  }
}

function createReading(file: SealedFile) {
  let fault: AppError | null = null;
  return {
    fault: () => fault,
    async read(from: number, to: number): Promise<Uint8Array> {
      if (to - from > MAX_READ_BYTES) throw new Error("Its parts are too large");
      const bytes = new Uint8Array(to - from);
      let filled = 0;
      try {
        for await (const piece of file.read({ from, to })) {
          bytes.set(piece, filled);
          filled += piece.length;
        }
      } catch (error) {
        if (error instanceof AppError) fault = error;
        throw error;
      }
      return bytes;
    },
  };
}

type Read = (from: number, to: number) => Promise<Uint8Array>;

/** The library is loaded by the first who records; of its formats those that name no other files. */
async function openInput(read: Read, size: number): Promise<Input> {
  const media = await import("mediabunny");
  const { MATROSKA, WEBM, MP4, QTFF, OGG, WAVE, FLAC, MP3, ADTS } = media;
  // It would print names that stand in the file.
  media.Logging.level = media.LogLevel.Silent;
  return new media.Input({
    formats: [WEBM, MATROSKA, MP4, QTFF, OGG, WAVE, FLAC, MP3, ADTS],
    source: new media.CustomSource({
      getSize: () => size,
      read,
      // What it reads ahead and nobody waits for.
      handleUnhandledError: () => {},
    }),
  });
}

async function readMedia(input: Input): Promise<Media> {
  const tracks = await input.getTracks();
  if (tracks.length > MAX_TRACKS) throw unsupported("File has too many tracks");
  const described = await Promise.all(tracks.map(describe));
  if (!described.some(({ kind }) => kind === "audio")) throw unsupported("File has no sound");
  const durationSec = await input.getDurationFromMetadata() ?? await input.computeDuration();
  if (!(durationSec > 0 && durationSec <= MAX_DURATION_SEC)) {
    throw unsupported("File does not tell how long it is");
  }
  const { mimeType } = await input.getFormat();
  const hasVideo = described.some(({ kind }) => kind === "video");
  return {
    mediaType: hasVideo ? mimeType : mimeType.replace(/^video\//, "audio/"),
    durationSec: Math.round(durationSec * 1000) / 1000,
    tracks: described,
  };
}

async function describe(track: InputTrack): Promise<Media["tracks"][number]> {
  const kind = track.isAudioTrack() ? "audio" : track.isVideoTrack() ? "video" : "other";
  return { kind, codec: await track.getCodec() };
}

function unsupported(message: string, cause?: unknown): AppError {
  return new AppError("UNSUPPORTED_MEDIA", message, {
    details: { field: "body", expected: "WebM, MP4, Ogg, MP3, AAC, WAV or FLAC with sound" },
    cause,
  });
}
