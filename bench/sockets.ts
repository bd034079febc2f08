import { io } from "socket.io-client";
import { openCrowd } from "./crowd.ts";
import { DELAY_COLUMNS, delaysOf, type Note, shownDelays } from "./delays.ts";
import { onFreshServer } from "./live.ts";
import { table } from "./machine.ts";
import { signIn } from "./operator.ts";

const CONNECTIONS = [1, 100, 1_000];
const EVENTS_PER_SEC = 200;
/** Stock clients that look at each event and note when it came; the others only read. */
const MAX_MEASURED = 20;

/** A stock client; resolves when it is let in. */
async function openOperator(url: string, token: string, note: Note): Promise<() => unknown> {
  const socket = io(url, { auth: { token }, transports: ["websocket"], forceNew: true });
  socket.on("mission_event", ({ attemptId, timestamp }) => note(`${attemptId} ${timestamp}`));
  await new Promise((resolve, reject) => {
    socket.once("connected", resolve);
    socket.once("connect_error", reject);
  });
  return () => socket.disconnect();
}

function measure(connections: number, seconds: number): Promise<string[]> {
  return onFreshServer(async (server) => {
    const { url } = server;
    const token = await signIn(url);
    const watchers = Math.min(connections, MAX_MEASURED);
    const others = connections - watchers;
    const closeCrowd = await openCrowd("bench/io_watchers.ts", [url, token, String(others)]);
    const cpuBefore = server.cpuSeconds();
    const watch = (note: Note) => openOperator(url, token, note);
    const delays = await delaysOf(url, { perSec: EVENTS_PER_SEC, seconds, watchers, watch });
    const cpu = (server.cpuSeconds() - cpuBefore) / seconds;
    const rss = server.rssMiB();
    const { open, fewest, most } = JSON.parse(await closeCrowd());
    if (open !== others) throw new Error(`Only ${open} of ${others} connections are left`);
    const read = others === 0 ? "" : `${(fewest / 1024).toFixed(0)}–${(most / 1024).toFixed(0)}`;
    return [connections, EVENTS_PER_SEC, delays.length, ...shownDelays(delays)].map(String)
      .concat(cpu.toFixed(2), rss.toFixed(0), read);
  });
}

/**
 * How soon `mission_event` reaches operators over Socket.IO, up to a thousand of them.
 * @param seconds for each number of operators
 */
export async function benchSockets(
  seconds: number,
  report: (line: string) => void,
): Promise<string[]> {
  const rows: string[][] = [];
  for (const connections of CONNECTIONS) {
    const row = await measure(connections, seconds);
    report(`${connections} connections: ${row.join(" ")}`);
    rows.push(row);
  }
  return [
    "## From the acknowledgement to the operators, over Socket.IO",
    "The time from when the kiosk has the acknowledgement to when an operator has `mission_event`, " +
    "over WebSockets; beside it each operator gets `events` and `dashboard_data`. Up to " +
    `${MAX_MEASURED} of the operators are stock clients that note the time of every event; the ` +
    "others read what they are sent, the fewest and most KiB of one are in the last column. " +
    "An event that never came would count as infinitely late. Who sends and who watches share the " +
    "machine with the server. CPU is processor seconds per second.",
    table([
      "connections",
      "events/s",
      "deliveries noted",
      ...DELAY_COLUMNS,
      "server CPU",
      "RSS MiB",
      "KiB each of the others",
    ], rows),
  ];
}
