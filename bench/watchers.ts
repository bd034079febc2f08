/**
 * Open dashboards, a process of its own: live streams over plain TCP that are read and thrown away,
 * so that they take less of the machine than the server that feeds them.
 *
 * `deno run -A bench/watchers.ts <url> <token> <how many>` prints a line when all of them are open,
 * and what they have read when its input ends.
 */
const [url, token, count] = Deno.args;
const { hostname, port, host } = new URL(url);
const request = new TextEncoder().encode(
  `GET /admin/live/events HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\n` +
    `Authorization: Bearer ${token}\r\n\r\n`,
);
const decoder = new TextDecoder();
let bytes = 0;

async function watch(): Promise<Deno.TcpConn> {
  const conn = await Deno.connect({ hostname, port: Number(port) });
  await conn.write(request);
  const buffer = new Uint8Array(64 * 1024);
  const first = await conn.read(buffer);
  const head = decoder.decode(buffer.subarray(0, first ?? 0));
  if (!head.startsWith("HTTP/1.1 200")) throw new Error(`Stream was refused: ${head}`);
  drain(conn, buffer);
  return conn;
}

async function drain(conn: Deno.TcpConn, buffer: Uint8Array): Promise<void> {
  for (let read = await conn.read(buffer); read !== null; read = await conn.read(buffer)) {
    bytes += read;
  }
  console.error("A stream ended");
}

await Promise.all(Array.from({ length: Number(count) }, watch));
console.log("open");
await Deno.stdin.read(new Uint8Array(1));
console.log(bytes);
Deno.exit(0);
