import { startDefault } from "./start_default.ts";

const BATCH = 100;
const SETTLE_MS = 45_000;

/** Resident memory with so many connections that do nothing, and what one of them takes. */
export async function benchIdle(connections: number): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "docent-bench-" });
  const server = await startDefault(`${folder}/bench.kv`);
  const open: Deno.TcpConn[] = [];
  try {
    const before = server.rssMiB();
    while (open.length < connections) {
      open.push(...await Promise.all(Array.from({ length: BATCH }, () => connect(server.url))));
    }
    // Idle is what they are after the storm of their starts: when it is over, the server collects,
    // and once more after the figures of the hour were stored.
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const after = server.rssMiB();
    const each = (after - before) * 1024 / connections;
    return `${connections} idle connections: ${after.toFixed(0)} MiB RSS ` +
      `(${before.toFixed(0)} MiB before, ${each.toFixed(1)} KiB each)`;
  } finally {
    for (const conn of open) conn.close();
    await server.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

/** Starts an attempt and opens its socket; resolves after the connection's acknowledgement. */
async function connect(url: string): Promise<Deno.TcpConn> {
  const { hostname, port } = new URL(url);
  const response = await fetch(`${url}/api/missions/start`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      sessionId: crypto.randomUUID(),
      missionType: "vocabulary",
      timestamp: new Date().toISOString(),
    }),
  });
  const { data: { attemptId, wsToken } } = await response.json();
  const conn = await Deno.connect({ hostname, port: Number(port) });
  await conn.write(new TextEncoder().encode(
    `GET /ws?attemptId=${attemptId}&token=${wsToken} HTTP/1.1\r\nHost: ${hostname}\r\n` +
      "Upgrade: websocket\r\nConnection: Upgrade\r\n" +
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
  ));
  const buffer = new Uint8Array(1024);
  let text = "";
  while (!text.includes("connection_ack")) {
    const count = await conn.read(buffer);
    if (count === null) throw new Error(`Connection was refused: ${text}`);
    text += new TextDecoder().decode(buffer.subarray(0, count));
  }
  return conn;
}
