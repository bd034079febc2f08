/**
 * Operators over Socket.IO, a process of its own: WebSockets over plain TCP that are read and thrown
 * away, so that they take less of the machine than the server that feeds them.
 *
 * `deno run -A bench/io_watchers.ts <url> <token> <how many>` prints a line when all of them are
 * let in, and when its input ends, as JSON, how many are open and the fewest and most bytes that one
 * of them has read.
 */
const [url, token, count] = Deno.args;
const { hostname, port, host } = new URL(url);
const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Fewer at once than the server takes in from one address before it knows who they are. */
const AT_ONCE = 50;
const PONG_MS = 20_000;

const HANDSHAKE = encoder.encode(
  `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\n` +
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
    "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n",
);
const CONNECT = frameOf(`40${JSON.stringify({ token })}`);
const PONG = frameOf("3");

interface Watcher {
  readonly conn: Deno.TcpConn;
  bytes: number;
  isOpen: boolean;
}

/** A text frame under a mask of zeros, which changes nothing. */
function frameOf(text: string): Uint8Array {
  const payload = encoder.encode(text);
  const { length } = payload;
  const head = length < 126 ? [0x81, 0x80 | length] : [0x81, 0xfe, length >> 8, length & 0xff];
  return new Uint8Array([...head, 0, 0, 0, 0, ...payload]);
}

async function watch(): Promise<Watcher> {
  const conn = await Deno.connect({ hostname, port: Number(port) });
  const buffer = new Uint8Array(64 * 1024);
  let text = "";
  const readUntil = async (sign: string) => {
    while (!text.includes(sign)) {
      const read = await conn.read(buffer);
      if (read === null) throw new Error(`Connection was refused: ${text}`);
      text += decoder.decode(buffer.subarray(0, read));
    }
  };
  await conn.write(HANDSHAKE);
  await readUntil("pingTimeout");
  await conn.write(CONNECT);
  await readUntil('42["connected"');
  const watcher = { conn, bytes: 0, isOpen: true };
  drain(watcher, buffer);
  return watcher;
}

async function drain(watcher: Watcher, buffer: Uint8Array): Promise<void> {
  const { conn } = watcher;
  for (let read = await conn.read(buffer); read !== null; read = await conn.read(buffer)) {
    watcher.bytes += read;
  }
  watcher.isOpen = false;
}

const watchers: Watcher[] = [];
while (watchers.length < Number(count)) {
  const length = Math.min(AT_ONCE, Number(count) - watchers.length);
  watchers.push(...await Promise.all(Array.from({ length }, watch)));
}
setInterval(() => {
  for (const { conn, isOpen } of watchers) if (isOpen) conn.write(PONG);
}, PONG_MS);
console.log("open");
await Deno.stdin.read(new Uint8Array(1));
const bytes = watchers.map((watcher) => watcher.bytes);
console.log(JSON.stringify({
  open: watchers.filter(({ isOpen }) => isOpen).length,
  fewest: Math.min(...bytes),
  most: Math.max(...bytes),
}));
Deno.exit(0);
