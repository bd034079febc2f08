/**
 * `deno run -A --unstable-kv bench/metrics.ts`: what a metrics dashboard costs when the last two
 * days hold ten thousand, a hundred thousand and a million events. Prints a table and writes it to
 * `bench/results/metrics.md`.
 */
import { type Clock, toIso } from "../lib/clock.ts";
import { createIds } from "../lib/ids.ts";
import type { Kv } from "../lib/kv/port.ts";
import { type Fact, type FactLog, openLog } from "../lib/log/mod.ts";
import { metricsFactSchema, openMetrics } from "../lib/metrics/mod.ts";
import { DEVICES, WINDOWS } from "../lib/metrics/view.ts";
import { missionFactSchema, openMissions, SHIPPED_MISSIONS } from "../lib/missions/mod.ts";
import { seededRandom } from "../tools/seeded_random.ts";
import { appendVisits } from "./fill.ts";
import { machineName, table } from "./machine.ts";

const HOUR_MS = 3_600_000;
const SIZES = [10_000, 100_000, 1_000_000];
/** A visitor makes some forty events. */
const EVENTS_PER_ATTEMPT = 40;
const NOW = Date.UTC(2025, 0, 19, 10, 30, 20);
const FROM = NOW - 48 * HOUR_MS;
const FACTS_PER_COMMIT = 2_000;
const QUERIES = 400;
const COUNTRIES = ["KR", "US", "JP", "DE", "unknown"];
const REFERRERS = ["direct", "google.com", "naver.com", "news.example"];

const report = (line: string) => console.error(line);

/** A day that stands still, in which no answer is kept from before. */
function benchClock(): Clock {
  let monotonic = 0;
  return { now: () => NOW, monotonic: () => monotonic += 2_000 };
}

async function open(kv: Kv) {
  const clock = benchClock();
  const ids = createIds({ clock });
  const log = await openLog({
    kv,
    clock,
    ids,
    schemas: { missions: missionFactSchema, metrics: metricsFactSchema },
    onError: (message, error) => console.error(message, error),
  });
  const timeZone = "Asia/Seoul";
  const missions = await openMissions({
    retainEventsDays: null,
    kv,
    log,
    clock,
    ids,
    definitions: SHIPPED_MISSIONS,
    timeZone,
    onRefusal: () => {},
    onFeedError: () => {},
    onRebuild: () => {},
    onUnreadable: () => {},
  });
  const metrics = await openMetrics({
    kv,
    log,
    clock,
    ids,
    timeZone,
    conversionEvents: [],
    readForeign: (facts) => Promise.resolve(facts.map(() => null)),
    async attemptsEnded(span) {
      const { ended, completed } = await missions.endedIn(span);
      return { converted: completed, total: ended };
    },
    measured: () => ({
      from: NOW,
      requests: 1,
      responseMs: 1,
      failures: 0,
      received: 0,
      refused: 0,
    }),
    onOutcomes: () => {},
    onListenerError: (error) => console.error(error),
  });
  return { log, metrics, close: () => log.close() };
}

/** Events evenly over two days, of users who come back, forty names, all countries and devices. */
async function fillEvents(log: FactLog, count: number): Promise<void> {
  const random = seededRandom(count);
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() ** 2 * items.length)];
  const names = Array.from({ length: 40 }, (_, i) => `event ${i}`);
  const users = count / EVENTS_PER_ATTEMPT;
  for (let first = 0; first < count; first += FACTS_PER_COMMIT) {
    const facts: Fact[] = [];
    for (let i = first; i < Math.min(count, first + FACTS_PER_COMMIT); i++) {
      const at = Math.floor(FROM + (NOW - FROM) * i / count);
      const fact = {
        type: "metrics.event_recorded",
        eventId: `event_${i}`,
        eventName: pick(names),
        userId: `user_${Math.floor(random() * users)}`,
        sessionId: null,
        timestamp: at,
        at,
        receivedAt: at,
        country: pick(COUNTRIES),
        device: pick(DEVICES),
        referrer: pick(REFERRERS),
        source: "bench",
        clientEventId: null,
      };
      facts.push(fact);
    }
    await log.append(facts);
  }
}

async function timed(step: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await step();
  return performance.now() - started;
}

async function repeated(step: (i: number) => Promise<unknown>) {
  const times: number[] = [];
  for (let i = 0; i < QUERIES; i++) times.push(await timed(() => step(i)));
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { p50: at(0.5), p99: at(0.99) };
}

async function measure(events: number): Promise<string[]> {
  const folder = await Deno.makeTempDir({ prefix: "docent-bench-" });
  const kv = await Deno.openKv(`${folder}/bench.kv`);
  try {
    const filling = await open(kv);
    await appendVisits(filling.log, events / EVENTS_PER_ATTEMPT, { from: FROM, to: NOW });
    const filled = await timed(async () => {
      await fillEvents(filling.log, events);
      await filling.metrics.dashboard();
    });
    report(`${events} events counted in ${(filled / 1000).toFixed(1)} s`);
    await filling.close();

    const { log, metrics, close } = await open(kv);
    const first = await timed(() => metrics.dashboard());
    const { totalEvents } = await metrics.dashboard("24h");
    if (totalEvents < events / 2 - events / 100) throw new Error(`${totalEvents} were counted`);
    for (const window of WINDOWS) await metrics.dashboard(window);
    const today = await repeated(() => metrics.dashboard());
    const all = await repeated((i) => metrics.dashboard(WINDOWS[i % WINDOWS.length]));
    const live = await repeated(async () => {
      await fillEvents(log, 1);
      await metrics.dashboard();
    });
    const analytics = await repeated((i) =>
      metrics.analytics({ startDate: toIso(FROM + i * 60_000) })
    );
    await close();
    const ms = (time: number) => time.toFixed(time < 10 ? 1 : 0);
    return [
      String(events),
      String(Math.round(events / (filled / 1000))),
      ms(first),
      ms(today.p50),
      ms(today.p99),
      ms(all.p50),
      ms(all.p99),
      ms(live.p50),
      ms(analytics.p50),
      ms(analytics.p99),
    ];
  } finally {
    kv.close();
    await Deno.remove(folder, { recursive: true });
  }
}

const rows: string[][] = [];
for (const size of SIZES) {
  rows.push(await measure(size));
  report(rows[rows.length - 1].join("  "));
}
const head = [
  "events",
  "counted/s",
  "first ms",
  "today p50 ms",
  "p99 ms",
  "all windows p50 ms",
  "p99 ms",
  "live ms",
  "analytics p50 ms",
  "p99 ms",
];
const text = `# Metrics

Measured ${toIso(Date.now()).slice(0, 10)} on ${machineName()}.

Events lie evenly over two days, of one user for each forty of them, with one attempt each.
\`counted/s\` is appended in commits of ${FACTS_PER_COMMIT}, and in its minute and hour. \`first\` is the
first dashboard of a process, which reads buckets and attempts from the file; the next columns are
whole \`dashboard_data\` payloads after that, of today and of the four windows in turn. \`live\`
follows a new event: its commit, its counting and the payload. \`analytics\` is a period of up to two
days that begins at another minute each time.

${table(head, rows)}
`;
console.log(text);
await Deno.writeTextFile(new URL("results/metrics.md", import.meta.url), text);
