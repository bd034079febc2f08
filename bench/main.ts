/**
 * `deno task bench`: measures in one run, prints it and writes it to `bench/results/`.
 *
 * Options: `--only analytics` measures a part: ingest, analytics or store (may be repeated);
 * `--seconds 5` for each load of ingest; `--full` also fills files with five million events, by
 * ingest and with a million attempts; `--data folder` keeps the filled files there for the next
 * run, a million attempts take ten minutes to write and twelve gigabytes.
 */
import { parseArgs } from "node:util";
import { benchAnalytics } from "./analytics.ts";
import { benchGrowth } from "./growth.ts";
import { benchIdle } from "./idle.ts";
import { benchIngest } from "./ingest.ts";
import { machineName } from "./machine.ts";
import { startPostgres } from "./postgres.ts";
import { startReference } from "./reference.ts";
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
const seconds = Number(values.seconds);
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
  if (values.full) {
    sections.push("## Growth", await benchGrowth(5_000_000, seconds, report));
  }
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
  const attempts = sizes[sizes.length - 1];
  return ["# Store", measured(), await benchStore({ stores, attempts, report })];
}

function measured(): string {
  const command = ["deno task bench", ...Deno.args].join(" ");
  return `Measured ${
    new Date().toISOString().slice(0, 10)
  } on ${machineName()}, by \`${command}\`.`;
}

for (const [name, part] of Object.entries({ ingest, analytics, store })) {
  if (values.only !== undefined && !values.only.includes(name)) continue;
  const text = `${(await part()).join("\n\n")}\n`;
  console.log(text);
  await Deno.writeTextFile(new URL(`results/${name}.md`, import.meta.url), text);
}
