import { measure, startServer } from "./ingest.ts";

const LOAD = { connections: 100, inFlight: 32 };

/** The rate on an empty file, and again when so many events are stored in it. */
export async function benchGrowth(
  events: number,
  seconds: number,
  report: (line: string) => void,
): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "docent-bench-" });
  const server = await startServer(folder);
  try {
    const empty = await measure(server, { ...LOAD, seconds });
    let stored = empty.perSec * seconds;
    while (stored < events) {
      const filling = await measure(server, { ...LOAD, seconds: 20 });
      stored += filling.perSec * 20;
      report(`${Math.round(stored)} events stored`);
    }
    const full = await measure(server, { ...LOAD, seconds });
    const bytes = Deno.statSync(`${folder}/bench.kv`).size;
    const change = (full.perSec / empty.perSec - 1) * 100;
    return `Empty: ${Math.round(empty.perSec)} events/s. With ${
      (stored / 1e6).toFixed(1)
    } million ` +
      `events stored: ${Math.round(full.perSec)} events/s (${change.toFixed(0)} %), ` +
      `${Math.round(bytes / stored)} bytes of file per event, ${Math.round(full.rssMiB)} MiB RSS.`;
  } finally {
    await server.stop();
    await Deno.remove(folder, { recursive: true });
  }
}
