/** A WebSocket frame, as wrong as a test wants it. */
export interface FrameParts {
  readonly opcode: number;
  readonly payload?: Uint8Array | string;
  /** Default true. */
  readonly fin?: boolean;
  /** The three reserved bits as a number from 0 to 7. */
  readonly rsv?: number;
  /** Default true, as a client must. */
  readonly masked?: boolean;
  /** The length that is told, if it is not that of the payload; written in eight bytes. */
  readonly toldLength?: bigint;
}

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

const MASK = [0x12, 0x34, 0x56, 0x78] as const;

export function frame(parts: FrameParts): Uint8Array {
  const { opcode, fin = true, rsv = 0, masked = true, toldLength } = parts;
  const payload = toBytes(parts.payload ?? "");
  const head = [(fin ? 0x80 : 0) | (rsv << 4) | opcode];
  head.push(...lengthBytes(payload.length, toldLength));
  if (!masked) return concat([new Uint8Array(head), payload]);
  head[1] |= 0x80;
  const body = payload.map((byte, at) => byte ^ MASK[at % 4]);
  return concat([new Uint8Array([...head, ...MASK]), body]);
}

/** The payload of a close frame. */
export function closePayload(code: number, reason: Uint8Array | string = ""): Uint8Array {
  return concat([new Uint8Array([code >> 8, code & 0xff]), toBytes(reason)]);
}

function lengthBytes(length: number, told: bigint | undefined): number[] {
  if (told === undefined && length < 126) return [length];
  if (told === undefined && length < 65_536) return [126, length >> 8, length & 0xff];
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, told ?? BigInt(length));
  return [127, ...new Uint8Array(view.buffer)];
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function toBytes(value: Uint8Array | string): Uint8Array {
  return typeof value === "string" ? new TextEncoder().encode(value) : value;
}
