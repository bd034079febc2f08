import { type Outcome, outcomeOf } from "../lifecycle.ts";
import type { AttemptRow, QuitKind } from "../schema.ts";
import { toSampleMs } from "./samples.ts";

/** How attempts ended: the completed by their way, the others by what ended them (D-11). */
export const ENDINGS = ["direct", "indirect", "user", "idle", "reset", "expired"] as const;
export type Ending = (typeof ENDINGS)[number];

/** How the watch over an attempt's time on task ended. */
export type TaskEnd = "success" | "quit" | "censored";

/**
 * Time on task, from the start to what was seen of its end: the success, the visitor giving up, or
 * the last that was heard of an attempt that was left, taken away, or still runs. Null before
 * anything was heard.
 */
export function taskTimeOf(row: AttemptRow): { end: TaskEnd; ms: number } | null {
  const { status, endAt, succeededAt } = outcomeOf(row.lifecycle, row.journey);
  const since = (at: number) => toSampleMs(at - row.startAt);
  if (status === "pending") return null;
  // Who gives up at the rating has quit by the document's own count, so also here.
  if (succeededAt !== null && status !== "quitted") {
    return { end: "success", ms: since(succeededAt) };
  }
  if (endAt === null) return { end: "censored", ms: since(row.journey.lastAt) };
  return { end: quitKindOf(row) === "user" ? "quit" : "censored", ms: since(endAt) };
}

export function endingOf(row: AttemptRow, { status }: Outcome): Ending | null {
  if (status === "completed") return row.journey.backtracked ? "indirect" : "direct";
  if (status === "expired") return "expired";
  return status === "quitted" ? quitKindOf(row) : null;
}

function quitKindOf({ lifecycle: { terminal } }: AttemptRow): QuitKind {
  return terminal?.quitKind ?? "user";
}
