/**
 * `deno task bench`: measures in one run, prints it and writes it to `bench/results/`.
 * Options: `--seconds 5` for each load, `--full` to also fill a file with five million events.
 */
import { parseArgs } from "node:util";
import { benchGrowth } from "./growth.ts";
import { benchIdle } from "./idle.ts";
import { benchIngest } from "./ingest.ts";
import { startReference } from "./reference.ts";
import { machineName } from "./machine.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: {
    seconds: { type: "string", default: "5" },
    full: { type: "boolean", default: false },
  },
});
const seconds = Number(values.seconds);
const report = (line: string) => console.error(line);

const reference = await startReference(report);
const sections = [
  "# Ingest",
  `Measured ${new Date().toISOString().slice(0, 10)} on ${machineName()}.`,
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
const text = `${sections.join("\n\n")}\n`;
console.log(text);
await Deno.writeTextFile(new URL("results/ingest.md", import.meta.url), text);
