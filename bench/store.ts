import { toIso } from "../lib/clock.ts";
import { PERIOD } from "./fill.ts";
import { measure, measureFresh, startServer } from "./ingest.ts";
import { table } from "./machine.ts";
import { signIn } from "./operator.ts";
import { startSignedIn } from "./signed_in.ts";
import { startDefault } from "./start_default.ts";
import type { Store } from "./stores.ts";

const STARTS = 5;
/** Load before the kill. */
const LOAD_MS = 4_000;
const LOAD = { connections: 100, inFlight: 32 };
const EXPORTS = [["events", "csv"], ["events", "json"], ["attempts", "csv"], ["facts", "ndjson"]];
const MAX_EVENTS = 1_000_000;

/** Size, export, start-up and ingest of one store, which has more events after it. */
export async function benchStore(
  { store, folder, seconds, report }: {
    store: Store;
    /** Where an empty file may lie. */
    folder: string;
    /** Of each load. */
    seconds: number;
    report: (line: string) => void;
  },
): Promise<string> {
  const exports: string[][] = [];
  for (const [entity, format] of EXPORTS) {
    exports.push(await measureExport(store, entity, format));
    report(exports[exports.length - 1].join("  "));
  }
  const starts = await measureStarts(folder, store);
  report(starts);
  const growth = await measureGrowth(store, seconds);
  report(growth);
  const startAfterKill = await measureStartAfterKill(store);
  report(startAfterKill);
  return [
    ...[sizeOf(store), "## Start", `${starts} ${startAfterKill}`, "## Ingest", growth],
    ...["## Export", ABOUT_EXPORT, table(HEAD, exports)],
  ].join("\n\n");
}

const ABOUT_EXPORT =
  "Of the attempts that started in a part of the period, from a server that `task start` has just " +
  "started, read as fast as it comes. `peak` is the most that the server process took. The longest " +
  "wait is that of somebody who asked for something small meanwhile, twenty times a second.";
const HEAD = [
  ...["entity", "format", "records", "MiB", "seconds", "RSS before MiB", "peak RSS MiB"],
  "longest wait ms",
];

function sizeOf({ attempts, events, bytes }: Store): string {
  return `${attempts} attempts with ${events} events: ${(bytes / 1e9).toFixed(1)} GB, ` +
    `${Math.round(bytes / attempts)} bytes an attempt and ${
      Math.round(bytes / events)
    } an event, ` +
    "with rows, indexes, histories and the log, which keeps a day and holds all of it here.";
}

/** Exports about as many attempts as have a million events, from a server that `task start` starts. */
async function measureExport(
  { path, events }: Store,
  entity: string,
  format: string,
): Promise<string[]> {
  const server = await startDefault(path);
  try {
    const headers = { authorization: `Bearer ${await signIn(server.url)}` };
    const before = server.rssMiB();
    const share = Math.min(1, MAX_EVENTS / events);
    const endDate = toIso(Math.round(PERIOD.from + (PERIOD.to - PERIOD.from) * share));
    const waits = watchWaits(server.url);
    const began = performance.now();
    const query = new URLSearchParams({ entity, format, endDate });
    const response = await fetch(`${server.url}/api/admin/export?${query}`, { headers });
    if (!response.ok) throw new Error(`Export was answered by ${response.status}`);
    let bytes = 0;
    for await (const chunk of response.body ?? []) bytes += chunk.length;
    const seconds = (performance.now() - began) / 1000;
    return [
      entity,
      format,
      response.headers.get("x-record-count") ?? "-",
      (bytes / 2 ** 20).toFixed(0),
      seconds.toFixed(0),
      before.toFixed(0),
      server.peakRssMiB().toFixed(0),
      (await waits.longest()).toFixed(0),
    ];
  } finally {
    await server.stop();
  }
}

const WATCH_EVERY_MS = 50;

/** Asks for a small answer again and again, as others would who come meanwhile. */
function watchWaits(url: string) {
  let longestMs = 0;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const from = performance.now();
      await (await fetch(`${url}/api/missions/nothing`)).body?.cancel();
      longestMs = Math.max(longestMs, performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, WATCH_EVERY_MS));
    }
  })();
  return {
    async longest(): Promise<number> {
      isOver = true;
      await watching;
      return longestMs;
    },
  };
}

async function measureStarts(folder: string, { path }: Store): Promise<string> {
  const empty = `${folder}/empty.kv`;
  const onEmpty = await medianStart(empty);
  for (const suffix of ["", "-wal", "-shm"]) await Deno.remove(empty + suffix).catch(() => {});
  const onStore = await medianStart(path);
  return `From the start of the process to its first answer, median of ${STARTS}: ` +
    `${Math.round(onEmpty)} ms on an empty file, ${Math.round(onStore)} ms on this one.`;
}

async function measureStartAfterKill({ path }: Store): Promise<string> {
  await killUnderLoad(path);
  const [took] = await startTimes(path, 1);
  return `${Math.round(took)} ms after a kill -9 with ${LOAD.connections} connections of ` +
    `${LOAD.inFlight} events in flight, once.`;
}

async function medianStart(path: string): Promise<number> {
  const times = await startTimes(path, STARTS);
  return times.sort((a, b) => a - b)[STARTS >> 1];
}

async function startTimes(path: string, count: number): Promise<number[]> {
  const times: number[] = [];
  while (times.length < count) {
    const { startMs, server } = await startSignedIn(path);
    times.push(startMs);
    await server.stop();
  }
  return times;
}

/** Whether events are taken more slowly where many are. */
async function measureGrowth({ path }: Store, seconds: number): Promise<string> {
  const empty = await measureFresh({ ...LOAD, seconds });
  const server = await startServer(path);
  try {
    const full = await measure(server, { ...LOAD, seconds });
    const change = (full.perSec / empty.perSec - 1) * 100;
    return `${LOAD.connections} connections with ${LOAD.inFlight} events in flight: ` +
      `${Math.round(empty.perSec)} events/s on an empty file, ${Math.round(full.perSec)} on this ` +
      `one (${change.toFixed(0)} %), with ${Math.round(full.rssMiB)} MiB RSS.`;
  } finally {
    await server.stop();
  }
}

async function killUnderLoad(path: string): Promise<void> {
  const { server } = await startSignedIn(path);
  const load = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "bench/load.ts", server.url, LOAD.connections, LOAD.inFlight, 60].map(
      String,
    ),
    stdout: "null",
    stderr: "null",
  }).spawn();
  await new Promise((resolve) => setTimeout(resolve, LOAD_MS));
  await server.stop();
  load.kill();
  await load.status;
}
