/**
 * `deno task bench`: measures in one run, prints it and writes it to `bench/results/`.
 *
 * Options: `--only analytics` measures a part: ingest, analytics, store or sockets, or dashboard,
 * which is in no run that does not name it (may be repeated); `--seconds 5` for each load of ingest; `--full`
 * also fills a file with a million attempts, which have five million events; `--data folder` keeps
 * the filled files there for the next run. The million takes ten minutes to write and twelve
 * gigabytes.
 */
import { parseArgs } from "node:util";
import { benchAnalytics } from "./analytics.ts";
import { benchDashboard } from "./dashboard.ts";
import { benchIdle } from "./idle.ts";
import { benchIngest } from "./ingest.ts";
import { machineName } from "./machine.ts";
import { startPostgres } from "./postgres.ts";
import { startReference } from "./reference.ts";
import { benchSockets } from "./sockets.ts";
import { benchStore } from "./store.ts";
import { openStores } from "./stores.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: {
    only: { type: "string", multiple: true },
    seconds: { type: "string", default: "5" },
    full: { type: "boolean", default: false },
    data: { type: "string" },
  },
});
const parts = { ingest, analytics, store, sockets, dashboard };
if (values.only?.some((name) => !Object.hasOwn(parts, name))) {
  console.error(`bench: --only must be of ${Object.keys(parts).join(", ")}`);
  Deno.exit(2);
}
const seconds = Number(values.seconds);
if (!(seconds > 0)) {
  console.error(`bench: --seconds must be a number over 0, not "${values.seconds}"`);
  Deno.exit(2);
}
const sizes = [1_000, 10_000, 100_000, ...(values.full ? [1_000_000] : [])];
const report = (line: string) => console.error(line);
await using stores = await openStores(values.data, report);

async function ingest(): Promise<string[]> {
  const reference = await startReference(report);
  const sections = [
    "# Ingest",
    measured(),
    "Load generator, server and disk share the machine. The ceiling is the same server code " +
    "acknowledging without storing. The reference is the stack of the source document: Node, " +
    "Express, ws and one INSERT per event into PostgreSQL with its indexes. CPU is processor " +
    "seconds per second; a load of so many connections has so many events in flight on each.",
    await benchIngest(seconds, reference?.server ?? null, report),
    "## Idle connections",
    await benchIdle(5_000),
  ];
  await reference?.stop();
  return sections;
}

async function analytics(): Promise<string[]> {
  const kept = values.data === undefined ? undefined : `${values.data}/postgres`;
  const postgres = await startPostgres(kept, report);
  try {
    return [
      "# Analytics",
      measured(),
      "One query is `GET /api/analytics/missions/{all|portfolio}` over thirty days, from another " +
      "process over HTTP, each over another period. `first` is the first query of a process, which " +
      "reads the hours from the file; `ragged` begins and ends within an hour; `live` follows a " +
      "new attempt in the period; `full` is `detail=full`. The longest stall is the longest time " +
      "in which the server gave nobody else a turn, in all of these.",
      await benchAnalytics({ stores, postgres, sizes, report }),
    ];
  } finally {
    await postgres?.stop();
  }
}

async function store(): Promise<string[]> {
  const attempts = sizes.findLast((size) => !stores.isTooLarge(size)) ?? sizes[0];
  const { folder } = stores;
  const filled = await stores.get(attempts);
  return ["# Store", measured(), await benchStore({ store: filled, folder, seconds, report })];
}

async function sockets(): Promise<string[]> {
  return ["# Sockets", measured(), ...await benchSockets(seconds, report)];
}

async function dashboard(): Promise<string[]> {
  return ["# Dashboard", measured(), ...await benchDashboard(seconds, report)];
}

function measured(): string {
  const command = ["deno task bench", ...Deno.args].join(" ");
  return `Measured ${
    new Date().toISOString().slice(0, 10)
  } on ${machineName()}, by \`${command}\`.`;
}

for (const [name, part] of Object.entries(parts)) {
  if (!(values.only ?? ["ingest", "analytics", "store", "sockets"]).includes(name)) continue;
  const text = `${(await part()).join("\n\n")}\n`;
  console.log(text);
  await Deno.writeTextFile(new URL(`results/${name}.md`, import.meta.url), text);
}
