import type { Child } from "./child.ts";
import { measure, startServer } from "./ingest.ts";
import { table } from "./machine.ts";
import { DELAY_COLUMNS, delaysOf, type Note, shownDelays } from "./delays.ts";
import { signIn } from "./operator.ts";
import { openCrowd } from "./crowd.ts";

/** Pages that watch while the rate is measured, and how often it is, with and without them. */
export const DASHBOARDS = 50;
const ROUNDS = 3;
const LOADS = [{ connections: 100, inFlight: 1 }, { connections: 100, inFlight: 32 }];

export interface Delivery {
  /** Events. */
  readonly perSec: number;
  readonly seconds: number;
  /** How many pages are open, for each measurement. */
  readonly dashboards: readonly number[];
}

/** How soon after its acknowledgement an event reaches an open page. */
export async function benchDelivery(
  { perSec, seconds, dashboards }: Delivery,
  report: (line: string) => void,
): Promise<string> {
  const rows: string[][] = [];
  for (const count of dashboards) {
    const row = await onFreshServer(async (server) => {
      const closePages = await openPages(server.url, count - 1);
      const cpuBefore = server.cpuSeconds();
      const watch = (note: Note) => openPage(server.url, note);
      const delays = await delaysOf(server.url, { perSec, seconds, watchers: 1, watch });
      const cpu = (server.cpuSeconds() - cpuBefore) / seconds;
      await closePages();
      return [count, perSec, delays.length, ...shownDelays(delays), cpu.toFixed(2)];
    });
    rows.push(row.map(String));
    report(`${count} pages: ${row.join(" ")}`);
  }
  return table(
    ["pages", "events/s", "events", ...DELAY_COLUMNS, "server CPU"],
    rows,
  );
}

/** Reads the live stream as a page does; gives what closes it. */
async function openPage(url: string, note: Note) {
  const { body } = await fetch(`${url}/admin/live/events`, {
    headers: { accept: "text/event-stream", authorization: `Bearer ${await signIn(url)}` },
  });
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = (await reader.read()).value ?? "";
  const reading = (async () => {
    while (true) {
      const blocks = text.split("\n\n");
      text = blocks.pop()!;
      for (const block of blocks) {
        if (!block.startsWith("event: mission_event")) continue;
        const { attemptId, timestamp } = JSON.parse(/^data: (.*)$/m.exec(block)![1]);
        note(`${attemptId} ${timestamp}`);
      }
      const { value, done } = await reader.read();
      if (done) return;
      text += value;
    }
  })();
  return async () => {
    await reader.cancel();
    await reading;
  };
}

/** What dashboards that watch cost the ingest rate: measured in turns, so that both see one day. */
export async function benchCost(
  seconds: number,
  report: (line: string) => void,
): Promise<string> {
  const rows: string[][] = [];
  for (const load of LOADS) {
    const alone: Ingest[] = [];
    const watched: Ingest[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      alone.push(await ingestOf({ ...load, seconds }, 0));
      watched.push(await ingestOf({ ...load, seconds }, DASHBOARDS));
      report(
        `${load.inFlight} in flight: ${alone.at(-1)?.perSec} alone, ${watched.at(-1)?.perSec}`,
      );
    }
    const [without, withThem] = [bestOf(alone), bestOf(watched)];
    rows.push([
      String(load.connections),
      String(load.inFlight),
      String(without.perSec),
      String(withThem.perSec),
      `${((1 - withThem.perSec / without.perSec) * 100).toFixed(1)} %`,
      without.cpuMicros.toFixed(1),
      withThem.cpuMicros.toFixed(1),
    ]);
  }
  return table([
    "connections",
    "in flight",
    "events/s",
    `with ${DASHBOARDS} pages`,
    "cost",
    "server µs/event",
    `with ${DASHBOARDS} pages`,
  ], rows);
}

interface Ingest {
  readonly perSec: number;
  /** Of the server's processor time, for one event. */
  readonly cpuMicros: number;
}

/** The best of each: what else the machine does makes a rate smaller and never larger. */
function bestOf(runs: readonly Ingest[]): Ingest {
  return {
    perSec: Math.max(...runs.map((run) => run.perSec)),
    cpuMicros: Math.min(...runs.map((run) => run.cpuMicros)),
  };
}

function ingestOf(load: Parameters<typeof measure>[1], dashboards: number): Promise<Ingest> {
  return onFreshServer(async (server) => {
    const closePages = await openPages(server.url, dashboards);
    const { perSec, cpu } = await measure(server, load);
    await closePages();
    return { perSec: Math.round(perSec), cpuMicros: cpu * 1e6 / perSec };
  });
}

async function openPages(url: string, count: number): Promise<() => Promise<void>> {
  if (count <= 0) return () => Promise.resolve();
  const close = await openCrowd("bench/watchers.ts", [url, await signIn(url), String(count)]);
  return async () => void await close();
}

export async function onFreshServer<T>(step: (server: Child) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "docent-bench-" });
  const server = await startServer(`${folder}/bench.kv`);
  try {
    return await step(server);
  } finally {
    await server.stop();
    await Deno.remove(folder, { recursive: true });
  }
}
