/**
 * `deno run -A --unstable-kv bench/analytics.ts`: what a query over thirty days costs when they
 * hold a thousand, ten thousand and a hundred thousand attempts; with `--full` also a million
 * (some ten minutes, most of it spent on writing them). Prints a table and writes it to
 * `bench/results/analytics.md`.
 */
import { parseArgs } from "node:util";
import { systemClock, toIso } from "../lib/clock.ts";
import { createIds } from "../lib/ids.ts";
import type { Kv } from "../lib/kv/port.ts";
import { openLog } from "../lib/log/mod.ts";
import { missionFactSchema, openMissions, SHIPPED_MISSIONS } from "../lib/missions/mod.ts";
import { fillAttempts } from "./attempts.ts";
import { machineName, table } from "./machine.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FROM = Date.UTC(2025, 0, 1);
const TO = FROM + 31 * DAY_MS;
/** Queries in a row, each over another period, so that no answer is kept from before. */
const QUERIES = 40;

const { values } = parseArgs({
  args: Deno.args,
  options: { full: { type: "boolean", default: false } },
});
const sizes = values.full ? [1_000, 10_000, 100_000, 1_000_000] : [1_000, 10_000, 100_000];
const report = (line: string) => console.error(line);

async function open(kv: Kv) {
  const clock = systemClock;
  const ids = createIds({ clock });
  const log = await openLog({
    kv,
    clock,
    ids,
    schemas: { missions: missionFactSchema },
    onError: (message, error) => console.error(message, error),
  });
  const missions = await openMissions({
    kv,
    log,
    clock,
    ids,
    definitions: SHIPPED_MISSIONS,
    timeZone: "UTC",
    retainEventsDays: null,
    onRefusal: () => {},
    onFeedError: () => {},
  });
  return { missions, close: () => log.close() };
}

type Missions = Awaited<ReturnType<typeof open>>["missions"];

async function timed(step: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await step();
  return performance.now() - started;
}

interface Ask {
  /** From the start and the end of the thirty days, milliseconds. */
  readonly shiftMs?: number;
  readonly detail?: boolean;
}

function ask(missions: Missions, { shiftMs = 0, detail = false }: Ask): Promise<unknown> {
  const startDate = toIso(FROM + shiftMs);
  const endDate = toIso(FROM + 30 * DAY_MS + shiftMs);
  return missions.missionAnalytics({ missionType: "all", startDate, endDate }, { detail });
}

/** Median and 99th percentile of queries, each after `before`. */
async function repeated(
  query: (i: number) => Promise<unknown>,
  { before = () => Promise.resolve(), queries = QUERIES }: {
    before?: () => Promise<unknown>;
    queries?: number;
  } = {},
): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  for (let i = 0; i < queries; i++) {
    await before();
    times.push(await timed(() => query(i)));
  }
  times.sort((a, b) => a - b);
  return { p50: times[times.length >> 1], p99: times[times.length - 1] };
}

async function measure(attempts: number): Promise<string[]> {
  const folder = await Deno.makeTempDir({ prefix: "docent-bench-" });
  const kv = await Deno.openKv(`${folder}/bench.kv`);
  try {
    const filled = await timed(() => fillAttempts(kv, attempts, { from: FROM, to: TO }));
    report(`${attempts} attempts written in ${(filled / 1000).toFixed(0)} s`);
    const first = await open(kv);
    const stored = await timed(async () => {
      while (await first.missions.refreshHours() > 0);
    });
    report(`all hours made and stored in ${(stored / 1000).toFixed(1)} s`);
    await first.close();

    const { missions, close } = await open(kv);
    const before = Deno.memoryUsage().rss;
    const cold = await timed(() => ask(missions, {}));
    const whole = await repeated((i) => ask(missions, { shiftMs: (i % 20) * HOUR_MS + HOUR_MS }));
    const kept = await repeated(() => ask(missions, {}));
    await ask(missions, { shiftMs: 1_000_000 });
    const ragged = await repeated((i) => ask(missions, { shiftMs: 1_000_000 + i }));
    const startNow = () =>
      missions.start(
        {
          sessionId: "550e8400-e29b-41d4-a716-446655440000",
          missionType: "portfolio",
          timestamp: FROM + 15 * DAY_MS,
        },
        { kioskId: null, idempotencyKey: null },
      );
    await startNow();
    await ask(missions, {});
    const live = await repeated(() => ask(missions, {}), { before: startNow });
    const detailCold = await timed(() => ask(missions, { detail: true }));
    const detail = await repeated(
      (i) => ask(missions, { shiftMs: (i + 1) * HOUR_MS, detail: true }),
      { queries: 10 },
    );
    const grown = (Deno.memoryUsage().rss - before) / 2 ** 20;
    await close();
    const ms = (time: number) => time.toFixed(time < 10 ? 1 : 0);
    return [
      String(attempts),
      ms(cold),
      ms(whole.p50),
      ms(whole.p99),
      ms(kept.p50),
      ms(ragged.p50),
      ms(live.p50),
      ms(detailCold),
      ms(detail.p50),
      grown.toFixed(0),
    ];
  } finally {
    kv.close();
    await Deno.remove(folder, { recursive: true });
  }
}

const rows: string[][] = [];
for (const size of sizes) {
  rows.push(await measure(size));
  report(rows[rows.length - 1].join("  "));
}
const head = [
  "attempts",
  "first ms",
  "p50 ms",
  "max ms",
  "same again ms",
  "ragged ms",
  "live ms",
  "full, first ms",
  "full ms",
  "RSS + MiB",
];
const text = `# Analytics

Measured ${toIso(Date.now()).slice(0, 10)} on ${machineName()}.

One query is \`GET /api/analytics/missions/all\` over thirty days of two missions, without HTTP.
\`first\` is the first query of a process, which reads the hours from the file; the next columns are
further ones, each over another period. \`ragged\` begins and ends within an hour; \`live\` follows a
new attempt, its commit and its row included; \`full\` is \`detail=full\`.

${table(head, rows)}
`;
console.log(text);
await Deno.writeTextFile(new URL("results/analytics.md", import.meta.url), text);
