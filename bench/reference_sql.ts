import { createMissions, SHIPPED_MISSIONS } from "../lib/missions/definitions.ts";
import { totalDuration } from "../lib/missions/attempt_index.ts";
import { outcomeOf } from "../lib/missions/lifecycle.ts";
import { rebuildRow } from "../lib/missions/rebuild.ts";
import { ratingText } from "../lib/missions/review.ts";
import { toIso } from "../lib/clock.ts";
import { PERIOD } from "./fill.ts";
import type { Postgres } from "./postgres.ts";
import { type Visit, visits } from "./visits.ts";

/** What the document's SQL took over the same visits, in milliseconds, query by query. */
export interface SqlTimes {
  readonly all: readonly number[];
  /** With the completions of its steps. */
  readonly portfolio: readonly number[];
  readonly bytes: number;
  /** Of the first period: what the two have to agree on. */
  readonly figures: { readonly total: number; readonly completed: number };
}

const MISSIONS = createMissions(SHIPPED_MISSIONS);
const CHUNK_CHARS = 1024 * 1024;

/** Puts the visits into a database of the reference, unless it has them. */
export async function loadVisits(postgres: Postgres, attempts: number): Promise<string> {
  const database = `visits_${attempts}`;
  const note = `${postgres.folder}/${database}.loaded`;
  if (await Deno.stat(note).then(() => true, () => false)) return database;
  const folder = `${postgres.folder}/${database}`;
  await Deno.mkdir(folder, { recursive: true });
  const [attemptRows, eventRows, reviewRows] = await Promise.all(
    ["mission_attempts", "mission_events", "reviews"].map((table) =>
      openRows(`${folder}/${table}`)
    ),
  );
  for (const visit of visits(attempts, PERIOD)) {
    await attemptRows.write([attemptCells(visit)]);
    await eventRows.write(eventCells(visit));
    await reviewRows.write(reviewCells(visit));
  }
  for (const rows of [attemptRows, eventRows, reviewRows]) await rows.close();
  await postgres.node("analytics.mjs", ["load", database, folder]);
  await Deno.remove(folder, { recursive: true });
  await Deno.writeTextFile(note, "");
  return database;
}

/** Asks for the period moved by each of so many milliseconds. */
export async function measureSql(
  postgres: Postgres,
  database: string,
  { from, to, shifts }: { from: number; to: number; shifts: readonly number[] },
): Promise<SqlTimes> {
  const args = ["measure", database, from, to, ...shifts].map(String);
  return JSON.parse(await postgres.node("analytics.mjs", args));
}

type Cells = readonly (string | number | null)[];

/** The text form of COPY. */
async function openRows(path: string) {
  const file = await Deno.open(path, { write: true, create: true, truncate: true, mode: 0o644 });
  const encoder = new TextEncoder();
  let text = "";
  async function flush(): Promise<void> {
    const bytes = encoder.encode(text);
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    text = "";
  }
  return {
    async write(rows: readonly Cells[]) {
      for (const cells of rows) text += `${cells.map(copyText).join("\t")}\n`;
      if (text.length > CHUNK_CHARS) await flush();
    },
    async close() {
      await flush();
      file.close();
    },
  };
}

function copyText(cell: string | number | null): string {
  return cell === null ? "\\N" : String(cell).replaceAll("\\", "\\\\");
}

function toTimestamp(at: number | null): string | null {
  return at === null ? null : toIso(at).slice(0, -1);
}

function attemptCells(visit: Visit): Cells {
  const row = rebuildRow(visit.map((fact, i) => ({ position: i + 1, fact })), MISSIONS);
  if (row === null) throw new Error("Visit has no start");
  const { status, endAt } = outcomeOf(row.lifecycle, row.journey);
  const { attemptId, sessionId, missionType, startAt } = row;
  const name = MISSIONS.version(missionType, row.missionVersion).name.ko;
  const times = [toTimestamp(startAt), toTimestamp(endAt), totalDuration(row)];
  return [attemptId, sessionId, missionType, name, ...times, status];
}

function eventCells(visit: Visit): Cells[] {
  const sessionId = visit[0].type === "missions.attempt_started" ? visit[0].sessionId : null;
  return visit.flatMap((fact) => {
    if (fact.type !== "missions.event_recorded") return [];
    const { eventId, attemptId, eventType, at, data } = fact;
    return [[eventId, attemptId, sessionId, eventType, toTimestamp(at), JSON.stringify(data)]];
  });
}

function reviewCells(visit: Visit): Cells[] {
  return visit.flatMap((fact) => {
    if (fact.type !== "missions.reviewed") return [];
    const { reviewId, attemptId, rating, feedback } = fact;
    return [[reviewId, attemptId, rating, ratingText(rating), feedback, String(feedback !== null)]];
  });
}
