/**
 * `deno task bench`: measures in one run, prints it and writes it to `bench/results/`.
 * Options: `--seconds 5` for each load, `--full` to also fill a file with five million events.
 */
import { parseArgs } from "node:util";
import { benchGrowth } from "./growth.ts";
import { benchIdle } from "./idle.ts";
import { benchIngest } from "./ingest.ts";
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

const sections = [
  "# Ingest",
  `Measured ${new Date().toISOString().slice(0, 10)} on ${machineName()}.`,
  "Load generator, server and disk share the machine. `share` is of the ceiling: the same server " +
  "code acknowledging without storing. CPU is processor seconds per second.",
  await benchIngest(seconds, report),
  "## Idle connections",
  await benchIdle(5_000),
];
if (values.full) {
  sections.push("## Growth", await benchGrowth(5_000_000, seconds, report));
}
const text = `${sections.join("\n\n")}\n`;
console.log(text);
await Deno.writeTextFile(new URL("results/ingest.md", import.meta.url), text);
