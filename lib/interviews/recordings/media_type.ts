import { AppError } from "../../errors.ts";
import type { SealedFile } from "../../sealed_file.ts";

/** As many first bytes as tell what a file is. */
const SIGNATURE_BYTES = 12;

/** Media types by what a file begins with: where it stands, and which bytes. */
const SIGNATURES: readonly (readonly [at: number, bytes: readonly number[], type: string])[] = [
  // EBML
  [0, [0x1a, 0x45, 0xdf, 0xa3], "video/webm"],
  [0, ascii("OggS"), "audio/ogg"],
  [4, ascii("ftyp"), "video/mp4"],
  [8, ascii("WAVE"), "audio/wav"],
  [0, ascii("fLaC"), "audio/flac"],
  [0, ascii("ID3"), "audio/mpeg"],
];

/**
 * What a file is by its first bytes, whatever it is called; null for what is no audio and no video
 * that browsers record or play.
 */
export function findMediaType(start: Uint8Array): string | null {
  const found = SIGNATURES.find(([at, bytes]) => bytes.every((it, i) => start[at + i] === it));
  if (found !== undefined) return found[2];
  // A frame of MP3 or of AAC begins with eleven bits or more.
  if (start[0] !== 0xff || (start[1] & 0xe0) !== 0xe0) return null;
  return (start[1] & 0xf6) === 0xf0 ? "audio/aac" : "audio/mpeg";
}

function ascii(text: string): readonly number[] {
  return [...text].map((it) => it.charCodeAt(0));
}

/**
 * The first piece of a file as soon as it tells that it is audio or video, and all later ones.
 * @throws AppError UNSUPPORTED_MEDIA where it tells something else
 */
export async function* withKnownStart(
  pieces: AsyncIterable<Uint8Array>,
  offset: number,
): AsyncGenerator<Uint8Array> {
  let start = new Uint8Array();
  let isKnown = offset > 0;
  for await (const piece of pieces) {
    if (isKnown) {
      yield piece;
      continue;
    }
    start = new Uint8Array([...start, ...piece]);
    if (start.length < SIGNATURE_BYTES) continue;
    requireMediaType(start);
    isKnown = true;
    yield start;
  }
  if (!isKnown) yield start;
}

/** @throws AppError UNSUPPORTED_MEDIA */
export async function mediaTypeOf(file: SealedFile, size: number): Promise<string> {
  let start: Uint8Array = new Uint8Array();
  const to = Math.min(size, SIGNATURE_BYTES);
  for await (const piece of file.read({ from: 0, to })) start = piece;
  return requireMediaType(start);
}

function requireMediaType(start: Uint8Array): string {
  const type = findMediaType(start);
  if (type !== null) return type;
  throw new AppError("UNSUPPORTED_MEDIA", "File is no audio and no video", {
    details: { field: "body", expected: "WebM, MP4, Ogg, MP3, AAC, WAV or FLAC" },
  });
}
