/**
 * `deno task torture`: tries to make a running server lose or double events, in ten ways, and
 * compares afterwards what it acknowledged with what it has stored. A whole run is written to
 * `bench/results/torture.md`.
 */
import { machineName } from "../../bench/machine.ts";
import { toIso } from "../../lib/clock.ts";
import { type Options, parseOptions } from "./options.ts";
import { PROOFS } from "./proofs/mod.ts";
import { hasHeld, prove, type Result } from "./prove.ts";
import { toLine, toList, toTable } from "./report.ts";

const EXIT = { held: 0, failed: 1, wrongFlags: 2 } as const;
const RESULTS = new URL("../../bench/results/torture.md", import.meta.url);

const HELP = `Tortures a server of its own, and compares what it acknowledged with what it stored.

  deno task torture [--short] [--only NAME] [--rounds N]

  --short       seconds for each proof and not minutes
  --only NAME   this proof alone; several with commas
  --rounds N    how often the worst happens, instead of each proof's own number
  --help

${PROOFS.map(({ name, about }) => `  ${name.padEnd(13)} ${about}`).join("\n")}

Exit codes: 0 nothing was lost or doubled, 1 something was or a proof failed, 2 wrong flags.`;

/** A whole run is to end within a quarter of an hour, on a busy machine too. */
const MAX_RUN_SEC = 14 * 60;

async function torture({ only, ...options }: Options, signal: AbortSignal): Promise<Result[]> {
  const results: Result[] = [];
  const from = performance.now();
  for (const proof of PROOFS) {
    if (signal.aborted || only !== null && !only.includes(proof.name)) continue;
    const leftSec = MAX_RUN_SEC - (performance.now() - from) / 1000;
    const limitSec = Math.max(0, Math.min(proof.limitSec, leftSec));
    const result = await prove({ ...proof, limitSec }, { ...options, signal });
    console.log(toLine(result));
    results.push(result);
  }
  return results;
}

function toDocument(results: readonly Result[]): string {
  return `# Torture

Run on ${toIso(Date.now()).slice(0, 10)} by \`deno task torture\` on ${machineName()}.

Each proof starts the server by the start command's permissions on an empty file, does its worst
while visitors play, reads everything back over the API and compares it, event by event, with the
clients' own ledgers. How each works stands in \`docs/reliability.md\`.

${toTable(results)}

${toList(results)}
`;
}

async function main(args: readonly string[]): Promise<number> {
  const parsed = parseOptions(args, PROOFS.map(({ name }) => name));
  if (parsed.kind === "help") {
    console.log(HELP);
    return EXIT.held;
  }
  if (parsed.kind === "wrong") {
    for (const fault of parsed.faults) console.error(`torture: ${fault}`);
    return EXIT.wrongFlags;
  }
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(name, () => stop.abort());
  }
  const { options } = parsed;
  const results = await torture(options, stop.signal);
  console.log(`\n${toTable(results)}`);
  const isWhole = options.only === null && options.rounds === null && !options.isShort;
  if (isWhole && !stop.signal.aborted) await Deno.writeTextFile(RESULTS, toDocument(results));
  return results.every(hasHeld) && !stop.signal.aborted ? EXIT.held : EXIT.failed;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
