import { inTime } from "../../tools/in_time.ts";
import { concat, OPCODE, toBytes } from "./frames.ts";
import type { Started } from "./test_app.ts";

/** Plain TCP to the server, without any idea of what is right. */
export interface RawConnection {
  /** False when the other side has closed. */
  write(data: Uint8Array | string): Promise<boolean>;
  /** One more piece of what the server sent; null at the end, also when it was cut off. */
  read(): Promise<Uint8Array | null>;
  /** Everything until the server closes. */
  readAll(): Promise<string>;
  [Symbol.dispose](): void;
}

export async function openRaw(base: string): Promise<RawConnection> {
  const { hostname, port } = new URL(base);
  const conn = await Deno.connect({ hostname, port: Number(port) });
  async function readNow(): Promise<Uint8Array | null> {
    const buffer = new Uint8Array(16_384);
    const count = await conn.read(buffer).catch(() => null);
    return count === null ? null : buffer.subarray(0, count);
  }
  const read = () => inTime(readNow(), "an answer from the server");
  return {
    async write(data) {
      const bytes = toBytes(data);
      let at = 0;
      while (at < bytes.length) {
        const count = await conn.write(bytes.subarray(at)).catch(() => 0);
        if (count === 0) return false;
        at += count;
      }
      return true;
    },
    read,
    async readAll() {
      const pieces: Uint8Array[] = [];
      for (let piece = await read(); piece !== null; piece = await read()) pieces.push(piece);
      return new TextDecoder().decode(concat(pieces));
    },
    [Symbol.dispose]: () => conn.close(),
  };
}

/** The text of an upgrade request; headers that are set to null are left out. */
export function upgradeRequest(
  { attemptId, wsToken }: Pick<Started, "attemptId" | "wsToken">,
  headers: Record<string, string | null> = {},
  line = `GET /ws?attemptId=${attemptId}&token=${wsToken} HTTP/1.1`,
): string {
  const all: Record<string, string | null> = {
    Host: "localhost",
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== null);
  return [line, ...lines.map(([name, value]) => `${name}: ${value}`), "", ""].join("\r\n");
}

export interface ServerFrame {
  readonly opcode: number;
  readonly payload: Uint8Array;
  readonly text: string;
}

/** A connection past its handshake. */
export interface RawSocket extends RawConnection {
  /** The next frame of the server; null at the end. */
  nextFrame(): Promise<ServerFrame | null>;
  /** Reads on to the close frame, and gives its code; null when the line ends without one. */
  closeCode(): Promise<number | null>;
}

/** Connects and says the handshake by hand; fails unless it is accepted. */
export async function upgradeRaw(base: string, started: Started): Promise<RawSocket> {
  const raw = await openRaw(base);
  await raw.write(upgradeRequest(started));
  let rest = new Uint8Array();

  /** Waits for so many bytes; false at the end. */
  async function have(count: number): Promise<boolean> {
    while (rest.length < count) {
      const piece = await raw.read();
      if (piece === null) return false;
      rest = concat([rest, piece]) as Uint8Array<ArrayBuffer>;
    }
    return true;
  }

  function take(count: number): Uint8Array {
    const taken = rest.subarray(0, count);
    rest = rest.subarray(count);
    return taken;
  }

  async function nextFrame(): Promise<ServerFrame | null> {
    if (!await have(2)) return null;
    const [first, second] = take(2);
    let length = second & 0x7f;
    if (length === 126) {
      if (!await have(2)) return null;
      const [high, low] = take(2);
      length = (high << 8) | low;
    }
    if (!await have(length)) return null;
    const payload = take(length);
    return { opcode: first & 0x0f, payload, text: new TextDecoder().decode(payload) };
  }

  const end = new TextEncoder().encode("\r\n\r\n");
  const indexOfEnd = () => rest.findIndex((_, at) => end.every((byte, i) => rest[at + i] === byte));
  while (indexOfEnd() < 0) {
    if (!await have(rest.length + 1)) throw new Error("Handshake was not answered");
  }
  const head = new TextDecoder().decode(take(indexOfEnd() + 4));
  if (!head.startsWith("HTTP/1.1 101 ")) throw new Error(`Handshake was refused: ${head}`);

  return {
    ...raw,
    nextFrame,
    async closeCode() {
      for (let next = await nextFrame(); next !== null; next = await nextFrame()) {
        if (next.opcode !== OPCODE.close) continue;
        return next.payload.length < 2 ? 1005 : (next.payload[0] << 8) | next.payload[1];
      }
      return null;
    },
  };
}

/** The answer to a request that was said by hand. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Says a request and reads until the server closes the connection, which it has to do. */
export async function askRaw(base: string, request: Uint8Array | string): Promise<RawAnswer> {
  using raw = await openRaw(base);
  await raw.write(request);
  const text = await raw.readAll();
  const [head, ...rest] = text.split("\r\n\r\n");
  const [line, ...fields] = head.split("\r\n");
  const headers = new Headers(fields.map((field): [string, string] => {
    const colon = field.indexOf(":");
    return [field.slice(0, colon), field.slice(colon + 1).trim()];
  }));
  return { status: Number(line.split(" ")[1]), headers, body: rest.join("\r\n\r\n") };
}
