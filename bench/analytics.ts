import { toIso } from "../lib/clock.ts";
import { PERIOD } from "./fill.ts";
import { table } from "./machine.ts";
import type { Postgres } from "./postgres.ts";
import { loadVisits, measureSql, type SqlTimes } from "./reference_sql.ts";
import { type SignedIn, startSignedIn } from "./signed_in.ts";
import type { Store, Stores } from "./stores.ts";

const HOUR_MS = 3_600_000;
const TO = PERIOD.from + 30 * 24 * HOUR_MS;
/** Of one kind after the first, each over another period: an answer is kept from before. */
const QUERIES = 23;
const LONG_QUERIES = 10;
/** A period that begins and ends within an hour. */
const RAGGED_MS = 1_000_000;

interface Ask {
  readonly missionType?: string;
  /** Of both ends of the thirty days, milliseconds. */
  readonly shift?: number;
  readonly more?: string;
}

function question({ missionType = "all", shift = 0, more = "" }: Ask): string {
  const [startDate, endDate] = [PERIOD.from + shift, TO + shift].map(toIso);
  return `/api/analytics/missions/${missionType}?startDate=${startDate}&endDate=${endDate}${more}`;
}

interface Times {
  readonly first: number;
  readonly p50: number;
  readonly max: number;
}

/** The first apart, which makes what the others find. */
function timesOf([first, ...others]: readonly number[]): Times {
  const sorted = others.toSorted((a, b) => a - b);
  return { first, p50: sorted[sorted.length >> 1] ?? NaN, max: sorted.at(-1) ?? NaN };
}

async function asked(
  { get }: SignedIn,
  count: number,
  of: (i: number) => Ask,
  before: () => Promise<void> = () => Promise.resolve(),
): Promise<Times> {
  const times: number[] = [];
  for (let i = 0; i <= count; i++) {
    await before();
    times.push(await get(question(of(i))));
  }
  return timesOf(times);
}

/** A new attempt within the period: the hour that it starts in has to be counted anew. */
function startAttempt({ post }: SignedIn): Promise<void> {
  return post("/api/missions/start", {
    sessionId: "550e8400-e29b-41d4-a716-446655440000",
    missionType: "portfolio",
    timestamp: toIso(PERIOD.from + 15 * 24 * HOUR_MS),
  });
}

interface Measured {
  readonly attempts: number;
  readonly all: Times;
  readonly portfolio: Times;
  readonly ragged: Times;
  readonly live: Times;
  readonly full: Times;
  /** In any of them. */
  readonly worstStall: number;
  readonly rssMiB: number;
}

async function measure({ attempts, path }: Store): Promise<Measured> {
  const user = await startSignedIn(path);
  try {
    await user.worstStall();
    const all = await asked(user, QUERIES, (i) => ({ shift: i * HOUR_MS }));
    const portfolio = await asked(user, QUERIES, (i) => ({
      missionType: "portfolio",
      shift: i * HOUR_MS,
    }));
    const ragged = await asked(user, QUERIES, (i) => ({ shift: RAGGED_MS + i }));
    const live = await asked(user, QUERIES, () => ({}), () => startAttempt(user));
    const full = await asked(user, LONG_QUERIES, (i) => ({
      shift: i * HOUR_MS,
      more: "&detail=full",
    }));
    const worstStall = await user.worstStall();
    const rssMiB = user.server.rssMiB();
    return { attempts, all, portfolio, ragged, live, full, worstStall, rssMiB };
  } finally {
    await user.server.stop();
  }
}

async function measureReference(postgres: Postgres, database: string): Promise<SqlTimes> {
  await postgres.restart();
  const shifts = Array.from({ length: QUERIES + 1 }, (_, i) => i * HOUR_MS);
  return await measureSql(postgres, database, { from: PERIOD.from, to: TO, shifts });
}

const shortly = (value: number) => value.toFixed(value < 10 ? 1 : 0);

function ownRow({ attempts, all, ragged, live, full, worstStall, rssMiB }: Measured): string[] {
  const cells = [all.first, all.p50, all.max, ragged.p50, live.p50, full.first, full.p50];
  return [String(attempts), ...cells.map(shortly), shortly(worstStall), rssMiB.toFixed(0)];
}

function comparisonRow({ attempts, all, portfolio }: Measured, sql: SqlTimes): string[] {
  const pairs = [[all, timesOf(sql.all)], [portfolio, timesOf(sql.portfolio)]];
  return [
    String(attempts),
    ...pairs.flatMap(([ours, theirs]) => [
      shortly(ours.p50),
      shortly(theirs.p50),
      shortly(theirs.p50 / ours.p50),
    ]),
    shortly(all.first),
    shortly(sql.all[0]),
  ];
}

const HEAD = [
  ...["attempts", "first ms", "p50 ms", "max ms", "ragged ms", "live ms"],
  ...["full, first ms", "full ms", "longest stall ms", "RSS MiB"],
];
const COMPARISON = [
  ...["attempts", "all ms", "SQL ms", "times", "portfolio ms", "SQL ms", "times"],
  ...["first ms", "SQL first ms"],
];

/** Thirty days over stores of several sizes, against SQL over the same visits. */
export async function benchAnalytics(
  { stores, postgres, sizes, report }: {
    stores: Stores;
    postgres: Postgres | null;
    sizes: readonly number[];
    report: (line: string) => void;
  },
): Promise<string> {
  const rows: string[][] = [];
  const compared: string[][] = [];
  let left = "";
  for (const size of sizes) {
    if (stores.isTooLarge(size)) {
      left = `\n\n${size} attempts were left out: this machine would take too long to write them.`;
      break;
    }
    const [store, database] = await Promise.all([
      stores.get(size),
      postgres === null ? null : loadVisits(postgres, size),
    ]);
    const own = await measure(store);
    rows.push(ownRow(own));
    report(rows[rows.length - 1].join("  "));
    if (postgres === null || database === null) continue;
    compared.push(comparisonRow(own, await measureReference(postgres, database)));
    report(compared[compared.length - 1].join("  "));
  }
  const own = table(HEAD, rows) + left;
  if (compared.length === 0) return own;
  return `${own}\n\n## Against SQL\n\n${ABOUT_SQL}\n\n${table(COMPARISON, compared)}`;
}

const ABOUT_SQL =
  "The same visits in PostgreSQL, with the tables, the indexes and the settings of the source " +
  "document's stack, asked over a socket without HTTP: durations and ratings for all missions, and " +
  "for the portfolio also the completions of its steps. `first` is after a restart of either.";
