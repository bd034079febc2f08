import { type Child, startChild } from "./child.ts";
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

/** Starts our server on a fresh file; with `ceiling`, one that acknowledges without storing. */
export function startServer(folder: string, { ceiling = false } = {}): Promise<Child> {
  const args = ["run", "-A", "bench/server.ts", ...(ceiling ? ["--ceiling"] : [])];
  return startChild(Deno.execPath(), args, { KV_PATH: `${folder}/bench.kv` });
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

/** Every load on our server and on its ceiling, pair by pair. */
export async function benchIngest(seconds: number, report: (line: string) => void) {
  const rows: string[][] = [];
  for (const load of LOADS) {
    const pair: Measured[] = [];
    for (const ceiling of [false, true]) {
      const folder = await Deno.makeTempDir({ prefix: "docent-bench-" });
      const server = await startServer(folder, { ceiling });
      try {
        pair.push(await measure(server, { ...load, seconds }));
      } finally {
        await server.stop();
        await Deno.remove(folder, { recursive: true });
      }
    }
    const [ours, ceiling] = pair;
    rows.push(row(load, ours, ceiling));
    report(`${load.connections} x ${load.inFlight}: ${Math.round(ours.perSec)} events/s`);
  }
  return table(
    [
      "connections",
      "in flight",
      "events/s",
      "p50 ms",
      "p99 ms",
      "CPU",
      "RSS MiB",
      "ceiling/s",
      "share",
    ],
    rows,
  );
}

function row(
  { connections, inFlight }: Omit<Load, "seconds">,
  ours: Measured,
  ceiling: Measured,
): string[] {
  return [
    String(connections),
    String(inFlight),
    String(Math.round(ours.perSec)),
    ours.p50.toFixed(1),
    ours.p99.toFixed(1),
    ours.cpu.toFixed(2),
    String(Math.round(ours.rssMiB)),
    String(Math.round(ceiling.perSec)),
    `${Math.round(ours.perSec / ceiling.perSec * 100)} %`,
  ];
}
