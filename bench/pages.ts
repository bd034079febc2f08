import { compose } from "../compose/mod.ts";
import { parseConfig } from "../lib/config/mod.ts";
import { silentLogger } from "../lib/logger.ts";
import { appendVisits } from "./fill.ts";
import { table } from "./machine.ts";
import { OPERATOR_SETTINGS, signIn } from "./operator.ts";

const DAYS_MS = 30 * 86_400_000;
/** Visitors make some tens of events. */
const EVENTS_OF_LONG = [500, 2_000];
const RENDERS = 40;
const ORIGIN = "http://localhost";
const LOOPBACK = { incoming: { socket: { remoteAddress: "127.0.0.1" } } };

type Docent = Awaited<ReturnType<typeof compose>>;

/** What each page costs the server, from the request to the whole of its HTML, with so many attempts. */
export async function benchPages(
  attempts: number,
  report: (line: string) => void,
): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "docent-bench-" });
  try {
    const config = parseConfig({
      PORT: "0",
      KV_PATH: `${folder}/bench.kv`,
      RATE_KIOSK_PER_MIN: "1000000",
      ...OPERATOR_SETTINGS,
    });
    await using docent = await compose(config, { logger: silentLogger });
    const now = Date.now();
    await appendVisits(docent.log, attempts, { from: now - DAYS_MS, to: now });
    await docent.missions.realtime();
    while (await docent.missions.refreshHours() > 0);
    report(`${attempts} attempts written`);
    const token = await signIn(ORIGIN, (request) => docent.app.fetch(request, LOOPBACK));
    const headers = { authorization: `Bearer ${token}`, accept: "text/html" };
    const ask = (address: string) =>
      docent.app.fetch(new Request(new URL(address, ORIGIN), { headers }), LOOPBACK);
    const rows: string[][] = [];
    const middle = await pagesFromMiddle(ask, attempts);
    for (const [name, address] of [...pagesOf(), ...middle, ...await longAttempts(docent)]) {
      const times = await timesOf(ask, address);
      rows.push([name, ...times]);
      report(`${name}: ${times.join(", ")}`);
    }
    return table(["page", "first ms", "p50 ms", "p95 ms", "KiB"], rows);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

type NamedPage = readonly [name: string, address: string];

function pagesOf(): readonly NamedPage[] {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const month = `startDate=${day(Date.now() - DAYS_MS)}&endDate=${day(Date.now())}`;
  return [
    ["overview", "/admin/dashboard"],
    ["live stream", "/admin/missions/live"],
    ["attempts", "/admin/attempts"],
    ["attempts, longest first", "/admin/attempts?sortBy=duration"],
    ["attempts, filtered", "/admin/attempts?missionType=portfolio&status=quitted&sortBy=rating"],
    ["mission, a week", "/admin/missions/portfolio"],
    ["mission, a month", `/admin/missions/vocabulary?${month}`],
    ["all missions, a month", `/admin/missions/all?${month}`],
    ["export", "/admin/export"],
  ];
}

/** The middle of the list by the place that its links go on from, and by number from the API. */
async function pagesFromMiddle(
  ask: (address: string) => Response | Promise<Response>,
  attempts: number,
): Promise<readonly NamedPage[]> {
  const offset = attempts / 2;
  const byNumber = `/api/missions?limit=50&offset=${offset}`;
  const { data } = await (await ask(byNumber)).json();
  const { attemptId, startTime } = data.attempts[0];
  const place = `${Date.parse(startTime)}_${attemptId}&offset=${offset}`;
  return [
    ["attempts, before the middle", `/admin/attempts?before=${place}`],
    ["attempts, after the middle", `/admin/attempts?after=${place}`],
    ["API: attempts by offset, the middle", byNumber],
  ];
}

/** Attempts with more events than visitors make. */
async function longAttempts({ missions }: Docent): Promise<NamedPage[]> {
  const pages: NamedPage[] = [];
  for (const length of EVENTS_OF_LONG) {
    const name = `attempt of ${length} events`;
    const attemptId = await longAttempt(missions, { length, isLive: false });
    const { nextCursor } = await missions.events(attemptId, { limit: length / 2 });
    const live = await longAttempt(missions, { length, isLive: true });
    pages.push(
      [name, `/admin/attempts/${attemptId}`],
      [`${name}, its middle`, `/admin/attempts/${attemptId}?cursor=${nextCursor}`],
      [`${name}, each stored by itself`, `/admin/attempts/${live}`],
    );
  }
  return pages;
}

interface LongAttempt {
  readonly length: number;
  /** Each event comes when the one before is stored, and not all of them together. */
  readonly isLive: boolean;
}

async function longAttempt(
  missions: Docent["missions"],
  { length, isLive }: LongAttempt,
): Promise<string> {
  const at = Date.now();
  const data = { buttonText: "다음", variant: "primary", page: "/portfolio/create/auto" };
  const { attemptId } = await missions.start(
    { sessionId: crypto.randomUUID(), missionType: "portfolio", timestamp: at },
    { kioskId: null, idempotencyKey: null },
  );
  const record = (index: number) =>
    missions.record(attemptId, {
      input: { eventType: "button_clicked", timestamp: at + index, data },
      receivedAt: at + index,
      processingMs: 0,
      chars: 200,
    });
  const indexes = Array.from({ length }, (_, index) => index);
  if (!isLive) await Promise.all(indexes.map(record));
  for (const index of isLive ? indexes : []) {
    await record(index);
    // A read waits until the row is stored.
    await missions.get(attemptId);
  }
  return attemptId;
}

/** The first time, and how long the others take, each with the reading of what it shows. */
async function timesOf(
  ask: (address: string) => Response | Promise<Response>,
  address: string,
): Promise<string[]> {
  const times: number[] = [];
  let bytes = 0;
  for (let i = 0; i <= RENDERS; i++) {
    const from = performance.now();
    const answer = await ask(address);
    const html = await answer.text();
    times.push(performance.now() - from);
    if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
    bytes = new TextEncoder().encode(html).length;
  }
  const [first, ...others] = times;
  others.sort((a, b) => a - b);
  const at = (share: number) => others[Math.floor((others.length - 1) * share)];
  return [...[first, at(0.5), at(0.95)].map((ms) => ms.toFixed(1)), (bytes / 1024).toFixed(0)];
}
