/**
 * `deno run -A --unstable-kv bench/people.ts`: what signing in costs while events come, and what a
 * feed costs that is long. Prints tables and writes them to `bench/results/people.md`.
 */
import { createAccounts, newAccount } from "../lib/auth/accounts.ts";
import { createPasswords } from "../lib/auth/passwords.ts";
import { systemClock } from "../lib/clock.ts";
import { createIds } from "../lib/ids.ts";
import { encodeJson } from "../lib/kv/json_value.ts";
import type { Kv } from "../lib/kv/port.ts";
import { peopleKeys } from "../lib/people/keys.ts";
import type { Activity } from "../lib/people/mod.ts";
import { delaysOf } from "./delays.ts";
import { machineName, table } from "./machine.ts";
import { startSignedIn } from "./signed_in.ts";

const PASSWORD = "correct horse battery";
const ACCOUNTS = 64;
const SIGN_IN_SECONDS = 15;
/** A large hall: some fifty kiosks in use. */
const EVENTS_PER_SEC = 200;
const PARALLEL = [1, 8];
const FEEDS = [100, 10_000, 100_000];
const ROWS_PER_COMMIT = 300;
const READS = 200;

const report = (line: string) => console.error(line);
const ids = createIds({ clock: systemClock });
const userOf = (size: number) => `user_${String(size).padStart(22, "0")}`;

async function fillAccounts(kv: Kv): Promise<void> {
  const passwords = createPasswords();
  const passwordHash = await passwords.hash(PASSWORD);
  passwords.close();
  const accounts = createAccounts(kv);
  for (let i = 0; i < ACCOUNTS; i++) {
    const email = emailOf(i);
    const given = { userId: ids.user(), username: email, name: email, now: 1 };
    await accounts.create({
      ...newAccount({ ...given, role: "user" }),
      email,
      passwordHash,
      emailVerifiedAt: 1,
    });
  }
}

const emailOf = (i: number) => `person${i % ACCOUNTS}@example.org`;

/** Rows as the feed has them, many in a commit: one by one it would take minutes. */
async function fillFeed(kv: Kv, size: number): Promise<void> {
  const userId = userOf(size);
  for (let first = 1; first <= size; first += ROWS_PER_COMMIT) {
    const operation = kv.atomic();
    const last = Math.min(size, first + ROWS_PER_COMMIT - 1);
    for (let sequence = first; sequence <= last; sequence++) {
      const activity = activityOf(userId, sequence);
      operation.set(peopleKeys.entry("activities", activity.entryId), encodeJson(activity));
      operation.set(peopleKeys.entryByUser("activities", activity), null);
    }
    const counts = { total: last, unread: last, lastSequence: last, readUpTo: 0 };
    operation.set(peopleKeys.counts("activities", userId), encodeJson(counts));
    await operation.commit();
  }
}

function activityOf(userId: string, sequence: number): Activity {
  return {
    entryId: ids.activity(),
    userId,
    sequence,
    isRead: false,
    at: Date.UTC(2025, 0, 1) + sequence * 60_000,
    expiresAt: null,
    type: "log_created",
    title: `Log ${sequence}`,
    description: "Two hours of reading and notes",
    data: { hours: 2, topic: "React" },
  };
}

type Server = Awaited<ReturnType<typeof startSignedIn>>;

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const ms = (time: number) => time.toFixed(time < 10 ? 1 : 0);

/** Signs in again and again, so many at once, each from an address of its own. */
async function signIns(url: string, parallel: number): Promise<number[]> {
  const times: number[] = [];
  const until = performance.now() + SIGN_IN_SECONDS * 1000;
  let count = 0;
  async function person(): Promise<void> {
    while (performance.now() < until) {
      const n = count++;
      const from = performance.now();
      const response = await fetch(`${url}/api/auth/login`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-forwarded-for": `10.0.${n >> 8}.${n & 255}`,
        },
        body: JSON.stringify({ email: emailOf(n), password: PASSWORD }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`Sign-in was answered by ${response.status}: ${text}`);
      times.push(performance.now() - from);
    }
  }
  await Promise.all(Array.from({ length: parallel }, person));
  return times.sort((a, b) => a - b);
}

async function benchSignIns({ server, worstStall }: Server): Promise<string> {
  const rows: string[][] = [];
  await signIns(server.url, 1);
  for (const parallel of PARALLEL) {
    await worstStall();
    const load = { perSec: EVENTS_PER_SEC, seconds: SIGN_IN_SECONDS, watchers: 0, watch: never };
    const [times] = await Promise.all([
      signIns(server.url, parallel),
      delaysOf(server.url, load),
    ]);
    const perSec = times.length / SIGN_IN_SECONDS;
    const shares = [0.5, 0.95, 1].map((share) => ms(at(times, share)));
    rows.push([String(parallel), perSec.toFixed(1), ...shares, ms(await worstStall())]);
    report(`Signing in: ${rows.at(-1)}`);
  }
  return table(
    ["at once", "sign-ins/s", "p50 ms", "p95 ms", "max ms", "longest stall ms"],
    rows,
  );
}

/** Nobody watches. */
function never(): never {
  throw new Error("There are no watchers");
}

async function benchFeeds({ get }: Server): Promise<string> {
  const rows: string[][] = [];
  for (const size of FEEDS) {
    const base = `/api/activities/${userOf(size)}`;
    const paths = [
      base,
      `${base}?limit=100`,
      `${base}?skip=${size - 20}`,
      `${base}/unread/count`,
    ];
    const row = [String(size)];
    for (const path of paths) {
      const times: number[] = [];
      for (let i = 0; i < READS; i++) times.push(await get(path));
      times.sort((a, b) => a - b);
      row.push(ms(at(times, 0.5)), ms(at(times, 0.95)));
    }
    rows.push(row);
    report(`A feed: ${row}`);
  }
  const head = ["newest 20 p50 ms", "p95 ms", "newest 100 p50 ms", "p95 ms"];
  return table(
    ["activities", ...head, "oldest 20 p50 ms", "p95 ms", "unread count p50 ms", "p95 ms"],
    rows,
  );
}

const folder = await Deno.makeTempDir({ prefix: "docent-bench-" });
try {
  const kvPath = `${folder}/bench.kv`;
  const kv = await Deno.openKv(kvPath);
  await fillAccounts(kv);
  for (const size of FEEDS) await fillFeed(kv, size);
  kv.close();
  report("Filled");
  const server = await startSignedIn(kvPath);
  const feeds = await benchFeeds(server);
  const signedIn = await benchSignIns(server);
  await server.server.stop();
  const text = `# People

Measured ${new Date().toISOString().slice(0, 10)} on ${machineName()}.

## A long feed

Requests over HTTP from another process, one after the other, of one person's activities.

${feeds}

## Signing in

\`POST /api/auth/login\` by people who do nothing else, for ${SIGN_IN_SECONDS} seconds, while kiosks send
${EVENTS_PER_SEC} events a second. The longest stall is the longest time in which the server gave nobody
else a turn. Load generator, server and the two threads that compare passwords share the machine.

${signedIn}
`;
  console.log(text);
  await Deno.writeTextFile(new URL("results/people.md", import.meta.url), text);
} finally {
  await Deno.remove(folder, { recursive: true });
}
