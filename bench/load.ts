/**
 * The load generator, a process of its own: kiosks over plain TCP with frames made by hand, so that
 * it takes less of the machine than the server that it measures.
 *
 * `deno run -A bench/load.ts <url> <connections> <in flight> <seconds>` prints one line of JSON.
 */
const [url, connections, inFlight, seconds] = [
  Deno.args[0],
  ...Deno.args.slice(1).map(Number),
] as [string, number, number, number];

/** A new attempt after so many events, as real visitors do; far above what they send. */
const EVENTS_PER_ATTEMPT = 5_000;
const { hostname, port } = new URL(url);
const encoder = new TextEncoder();
const decoder = new TextDecoder();

let acknowledged = 0;
let counting = false;
let stopping = false;
const latencies: number[] = [];

interface Attempt {
  readonly attemptId: string;
  readonly wsToken: string;
}

async function start(): Promise<Attempt> {
  const response = await fetch(`${url}/api/missions/start`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      sessionId: crypto.randomUUID(),
      missionType: "portfolio",
      timestamp: new Date().toISOString(),
    }),
  });
  const body = await response.json();
  if (response.status !== 201) throw new Error(`Start failed: ${JSON.stringify(body)}`);
  return body.data;
}

async function connect({ attemptId, wsToken }: Attempt): Promise<Deno.TcpConn> {
  const conn = await Deno.connect({ hostname, port: Number(port) });
  conn.setNoDelay(true);
  const path = `/ws?attemptId=${attemptId}&token=${wsToken}`;
  await conn.write(encoder.encode(
    `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
  ));
  return conn;
}

/** One event in a masked frame; the mask is zero, so that the text stays as it is. */
function frame(seq: number): Uint8Array {
  const now = new Date().toISOString();
  const text = encoder.encode(
    `{"eventType":"page_view","timestamp":"${now}","clientEventId":"${crypto.randomUUID()}",` +
      `"seq":${seq},"data":{"url":"/portfolio/create/auto/step2","pageName":"스타일 선택",` +
      `"referrer":"/portfolio/create/auto","timeOnPreviousPage":5.123,"scrollDepth":0.4}}`,
  );
  const bytes = new Uint8Array(8 + text.length);
  bytes[0] = 0x81;
  bytes[1] = 0x80 | 126;
  bytes[2] = text.length >> 8;
  bytes[3] = text.length & 0xff;
  bytes.set(text, 8);
  return bytes;
}

async function writeAll(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) written += await conn.write(bytes.subarray(written));
}

/** Sends one attempt's events, so many in flight, until it has enough or the time is over. */
async function playAttempt(): Promise<void> {
  const conn = await connect(await start());
  const buffer = new Uint8Array(64 * 1024);
  const sentAt: number[] = [];
  let rest = new Uint8Array(0);
  let upgraded = false;
  let sent = 0;
  let done = 0;
  try {
    while (done < EVENTS_PER_ATTEMPT && !stopping) {
      const count = await conn.read(buffer);
      if (count === null) throw new Error("Server closed the connection");
      rest = concat(rest, buffer.subarray(0, count));
      if (!upgraded) {
        const end = decoder.decode(rest).indexOf("\r\n\r\n");
        if (end < 0) continue;
        upgraded = true;
        rest = rest.slice(end + 4);
      }
      const answers = takeFrames();
      const frames: Uint8Array[] = [];
      while (sent - done < inFlight && sent < EVENTS_PER_ATTEMPT) {
        frames.push(frame(++sent));
        sentAt.push(performance.now());
      }
      if (frames.length > 0) await writeAll(conn, concat(...frames));
      if (answers < 0) throw new Error("Server answered with an error");
    }
  } finally {
    conn.close();
  }

  /** Counts whole frames; the first is the connection's acknowledgement. */
  function takeFrames(): number {
    let at = 0;
    while (rest.length - at >= 2) {
      const short = rest[at + 1] & 0x7f;
      const header = short === 126 ? 4 : 2;
      if (rest.length - at < header) break;
      const length = short === 126 ? (rest[at + 2] << 8) | rest[at + 3] : short;
      if (rest.length - at < header + length) break;
      const text = rest.subarray(at + header, at + header + length);
      at += header + length;
      // `{"type":"event_ack"`, `{"type":"connection_ack"` or `{"type":"error"`.
      if (text[9] === 0x65 && text[10] === 0x76) acknowledge();
      else if (text[9] === 0x65) throw new Error(decoder.decode(text));
    }
    rest = rest.slice(at);
    return at;
  }

  function acknowledge(): void {
    const started = sentAt[done++];
    if (!counting) return;
    acknowledged++;
    latencies.push(performance.now() - started);
  }
}

function concat(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function kiosk(): Promise<void> {
  while (!stopping) await playAttempt();
}

const kiosks: Promise<void>[] = [];
for (let i = 0; i < connections; i++) {
  kiosks.push(kiosk());
  // Not all at once: the queue of new connections is short.
  if (i % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 50));
}
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
await wait(1_000);
counting = true;
const from = performance.now();
await wait(seconds * 1000);
counting = false;
const elapsed = (performance.now() - from) / 1000;
stopping = true;
await Promise.race([Promise.allSettled(kiosks), wait(3_000)]);
const sorted = Float64Array.from(latencies).sort();
const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? null;
console.log(JSON.stringify({
  perSec: acknowledged / elapsed,
  p50: at(0.5),
  p99: at(0.99),
  max: at(1),
}));
Deno.exit(0);
