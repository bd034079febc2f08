import { closePayload, concat, frame, OPCODE } from "./frames.ts";

const { continuation, text, binary, close, ping } = OPCODE;

/** Bytes after the handshake, and the code with which the server has to close. */
export interface BadFrames {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly code: number;
}

const KIB = 1024;
const PROTOCOL_ERROR = 1002, BAD_TEXT = 1007, TOO_MANY_PIECES = 1008, TOO_LARGE = 1009;
const bytes = (...values: number[]) => new Uint8Array(values);

/** A message in pieces: the first starts it, and none ends it unless told. */
function pieces(count: number, payload: Uint8Array): Uint8Array {
  const rest = frame({ opcode: continuation, fin: false, payload });
  const all = Array<Uint8Array>(count).fill(rest);
  all[0] = frame({ opcode: text, fin: false, payload });
  return concat(all);
}

function split(first: Uint8Array, second: Uint8Array): Uint8Array {
  return concat([
    frame({ opcode: text, fin: false, payload: first }),
    frame({ opcode: continuation, payload: second }),
  ]);
}

function bad(name: string, code: number, ...parts: Uint8Array[]): BadFrames {
  return { name, code, bytes: concat(parts) };
}

const started = frame({ opcode: text, fin: false, payload: "{" });

const WRONG_BITS: readonly BadFrames[] = [
  bad("an unmasked text", PROTOCOL_ERROR, frame({ opcode: text, payload: "{}", masked: false })),
  bad("an unmasked ping", PROTOCOL_ERROR, frame({ opcode: ping, masked: false })),
  ...[1, 2, 4].map((rsv) =>
    bad(`reserved bit ${rsv}`, PROTOCOL_ERROR, frame({ opcode: text, rsv, payload: "{}" }))
  ),
  bad("a reserved bit on a ping", PROTOCOL_ERROR, frame({ opcode: ping, rsv: 4 })),
  ...[3, 7, 11, 15].map((opcode) =>
    bad(`reserved opcode ${opcode}`, PROTOCOL_ERROR, frame({ opcode, payload: "{}" }))
  ),
];

const WRONG_ORDER: readonly BadFrames[] = [
  bad("a ping of 126 bytes", PROTOCOL_ERROR, frame({ opcode: ping, payload: "x".repeat(126) })),
  bad("a ping in pieces", PROTOCOL_ERROR, frame({ opcode: ping, fin: false })),
  bad("a close in pieces", PROTOCOL_ERROR, frame({ opcode: close, fin: false })),
  bad("a continuation of nothing", PROTOCOL_ERROR, frame({ opcode: continuation, payload: "{}" })),
  bad("a text within a text", PROTOCOL_ERROR, started, frame({ opcode: text, payload: "{}" })),
  bad("a binary within a text", PROTOCOL_ERROR, started, frame({ opcode: binary })),
];

const TOO_MUCH: readonly BadFrames[] = [
  bad(
    "a length with the highest bit",
    TOO_LARGE,
    frame({ opcode: text, toldLength: 0x8000_0000_0000_0000n }),
  ),
  bad("a length of a tebibyte", TOO_LARGE, frame({ opcode: text, toldLength: 1n << 40n })),
  bad(
    "a frame of 64 KiB and a byte, of which only the head comes",
    TOO_LARGE,
    frame({ opcode: text, toldLength: BigInt(64 * KIB + 1) }),
  ),
  bad("a frame of 1 MiB", TOO_LARGE, frame({ opcode: text, payload: new Uint8Array(KIB * KIB) })),
  bad("a message of 16 MiB in pieces of 1 KiB", TOO_LARGE, pieces(16 * KIB, new Uint8Array(KIB))),
  bad("a message in 50 000 pieces of a byte", TOO_MANY_PIECES, pieces(50_000, bytes(0x20))),
  bad("a message in 50 000 empty pieces", TOO_MANY_PIECES, pieces(50_000, bytes())),
];

const WRONG_TEXT: readonly BadFrames[] = [
  bad("a byte that UTF-8 has not", BAD_TEXT, frame({ opcode: text, payload: bytes(0xff) })),
  bad("an overlong slash", BAD_TEXT, frame({ opcode: text, payload: bytes(0xc0, 0xaf) })),
  bad("a surrogate", BAD_TEXT, frame({ opcode: text, payload: bytes(0xed, 0xa0, 0x80) })),
  bad("half a letter", BAD_TEXT, frame({ opcode: text, payload: bytes(0xed, 0x95) })),
  bad("half a letter over two pieces", BAD_TEXT, split(bytes(0xed), bytes(0x95, 0x22))),
  bad(
    "bad text in the reason of a close",
    BAD_TEXT,
    frame({ opcode: close, payload: closePayload(1000, bytes(0xff)) }),
  ),
];

const WRONG_CLOSE: readonly BadFrames[] = [
  bad("a close of one byte", PROTOCOL_ERROR, frame({ opcode: close, payload: bytes(3) })),
  ...[0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535].map((code) =>
    bad(
      `a close with code ${code}`,
      PROTOCOL_ERROR,
      frame({ opcode: close, payload: closePayload(code) }),
    )
  ),
];

/** Frames against RFC 6455, or over our limits. */
export const BAD_FRAMES: readonly BadFrames[] = [
  ...WRONG_BITS,
  ...WRONG_ORDER,
  ...TOO_MUCH,
  ...WRONG_TEXT,
  ...WRONG_CLOSE,
];
