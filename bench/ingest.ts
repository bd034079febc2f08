import { type Child, startChild } from "./child.ts";
import { START_RUNTIME } from "../tools/child_server.ts";
import { table } from "./machine.ts";

/** One measurement: how many acknowledged events, how soon, at which price. */
export interface Measured {
  readonly perSec: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor seconds per second. */
  readonly cpu: number;
  readonly rssMiB: number;
}

export interface Load {
  readonly connections: number;
  readonly inFlight: number;
  readonly seconds: number;
}

export const LOADS = [10, 100, 1000].flatMap((connections) =>
  [1, 32].map((inFlight) => ({ connections, inFlight }))
);

/**
 * Starts our server on a file of data, in the runtime as the `start` task sets it; with `ceiling`,
 * one that acknowledges without storing.
 */
export function startServer(kvPath: string, { ceiling = false } = {}): Promise<Child> {
  const { env, flags } = START_RUNTIME;
  const args = ["run", ...flags, "-A", "bench/server.ts", ...(ceiling ? ["--ceiling"] : [])];
  return startChild(Deno.execPath(), args, { ...env, KV_PATH: kvPath });
}

/** Puts a server under a load from another process. */
export async function measure(server: Child, load: Load): Promise<Measured> {
  const { connections, inFlight, seconds } = load;
  const args = ["run", "-A", "bench/load.ts", server.url, connections, inFlight, seconds];
  const generator = new Deno.Command(Deno.execPath(), {
    args: args.map(String),
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  // The generator counts after it has connected everybody and a second more.
  const from = performance.now();
  const cpuBefore = server.cpuSeconds();
  const { stdout, success } = await generator.output();
  if (!success) throw new Error("Load generator failed");
  const cpu = (server.cpuSeconds() - cpuBefore) / ((performance.now() - from) / 1000);
  return { ...JSON.parse(new TextDecoder().decode(stdout)), cpu, rssMiB: server.rssMiB() };
}

/** Every load on our server, on its ceiling and on the reference stack, one after the other. */
export async function benchIngest(
  seconds: number,
  reference: Child | null,
  report: (line: string) => void,
): Promise<string> {
  const rows: string[][] = [];
  for (const load of LOADS) {
    const ours = await measureFresh({ ...load, seconds });
    const ceiling = await measureFresh({ ...load, seconds }, { ceiling: true });
    const other = reference === null ? null : await measure(reference, { ...load, seconds });
    rows.push(row(load, { ours, ceiling, other }));
    report(`${load.connections} x ${load.inFlight}: ${Math.round(ours.perSec)} events/s`);
  }
  return table(HEAD, rows);
}

const HEAD = [
  "connections",
  "in flight",
  "events/s",
  "p50 ms",
  "p99 ms",
  "CPU",
  "RSS MiB",
  "of ceiling",
  "reference/s",
  "its p99 ms",
  "times",
];

/** The same on an empty file. */
export async function measureFresh(load: Load, { ceiling = false } = {}): Promise<Measured> {
  const folder = await Deno.makeTempDir({ prefix: "docent-bench-" });
  const server = await startServer(`${folder}/bench.kv`, { ceiling });
  try {
    return await measure(server, load);
  } finally {
    await server.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

interface Results {
  readonly ours: Measured;
  readonly ceiling: Measured;
  readonly other: Measured | null;
}

function row(
  { connections, inFlight }: Omit<Load, "seconds">,
  { ours, ceiling, other }: Results,
): string[] {
  return [
    String(connections),
    String(inFlight),
    String(Math.round(ours.perSec)),
    ours.p50.toFixed(1),
    ours.p99.toFixed(1),
    ours.cpu.toFixed(2),
    String(Math.round(ours.rssMiB)),
    `${Math.round(ours.perSec / ceiling.perSec * 100)} %`,
    other === null ? "-" : String(Math.round(other.perSec)),
    other === null ? "-" : other.p99.toFixed(1),
    other === null ? "-" : (ours.perSec / other.perSec).toFixed(1),
  ];
}
