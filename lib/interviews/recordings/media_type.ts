import { AppError } from "../../errors.ts";

/** As many first bytes as tell what a file is. */
const SIGNATURE_BYTES = 12;

/** What audio and video begin with: where it stands, and which bytes. */
const SIGNATURES: readonly (readonly [at: number, bytes: readonly number[]])[] = [
  // EBML: WebM and Matroska
  [0, [0x1a, 0x45, 0xdf, 0xa3]],
  [0, ascii("OggS")],
  [4, ascii("ftyp")],
  [8, ascii("WAVE")],
  [0, ascii("fLaC")],
  // MP3
  [0, ascii("ID3")],
];

/**
 * Whether a file begins as audio or video that browsers record or play, whatever it is called. The
 * whole is looked at when it is there; this spares half a gigabyte of something else.
 */
export function looksLikeMedia(start: Uint8Array): boolean {
  // A frame of MP3 or of AAC begins with eleven bits.
  const isFrame = start[0] === 0xff && (start[1] & 0xe0) === 0xe0;
  return isFrame ||
    SIGNATURES.some(([at, bytes]) => bytes.every((it, i) => start[at + i] === it));
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
    if (!looksLikeMedia(start)) throw noMedia();
    isKnown = true;
    yield start;
  }
  if (!isKnown) yield start;
}

function noMedia(): AppError {
  return new AppError("UNSUPPORTED_MEDIA", "File is no audio and no video", {
    details: { field: "body", expected: "WebM, MP4, Ogg, MP3, AAC, WAV or FLAC" },
  });
}
