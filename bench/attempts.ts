import { type Kv, stage } from "../lib/kv/port.ts";
import { hourMarkWrite } from "../lib/missions/analytics/hour_store.ts";
import { type AttemptCounts, countChange, indexWrites } from "../lib/missions/attempt_index.ts";
import { startedWrites } from "../lib/missions/attempt_index.ts";
import { startRow } from "../lib/missions/attempt_row.ts";
import { countsWrite, rowWrite } from "../lib/missions/attempt_store.ts";
import type { AttemptRow } from "../lib/missions/schema.ts";
import { seededNormal, seededRandom } from "../tools/seeded_random.ts";

export interface Period {
  readonly from: number;
  readonly to: number;
}

/** Rows in one commit; each takes eight writes of a thousand. */
const ROWS_PER_COMMIT = 100;
const PATHS = ["path1_vocabulary", "path2_search", "path3_etfDetail"];
const PAGES = ["/home", "/vocabulary", "/search", "/etf/069500/detail", "/portfolio/create/auto"];

/**
 * Writes attempts that started evenly over a period as the projection would have, without their
 * events: rows, indexes, counts and marks.
 */
export async function fillAttempts(kv: Kv, attempts: number, period: Period): Promise<void> {
  const random = seededRandom(attempts);
  let counts: AttemptCounts = {};
  for (let first = 0; first < attempts; first += ROWS_PER_COMMIT) {
    const operation = kv.atomic();
    for (let i = first; i < Math.min(attempts, first + ROWS_PER_COMMIT); i++) {
      const startAt = Math.floor(period.from + (period.to - period.from) * i / attempts);
      const row = attemptRow(i, startAt, random);
      counts = countChange(counts, null, row);
      stage(operation, [
        rowWrite(row),
        ...indexWrites(null, row),
        ...startedWrites(null, row),
        hourMarkWrite(row, 0),
      ]);
    }
    stage(operation, [countsWrite(counts)]);
    await operation.commit();
  }
}

function attemptRow(index: number, startAt: number, random: () => number): AttemptRow {
  const portfolio = index % 2 === 0;
  const row = startRow({
    type: "missions.attempt_started",
    attemptId: `attempt_${String(startAt).padStart(13, "0")}${String(index).padStart(9, "0")}`,
    sessionId: "550e8400-e29b-41d4-a716-446655440000",
    missionType: portfolio ? "portfolio" : "vocabulary",
    missionVersion: 1,
    startAt,
    receivedAt: startAt,
    kioskId: `kiosk-${index % 12}`,
  }, 0);
  const seconds = (portfolio ? 80 : 15) * Math.exp(0.4 * seededNormal(random));
  const taskMs = Math.round(seconds * 1000);
  const fate = random();
  const endAt = startAt + taskMs + Math.round(random() * 20_000);
  const done = fate < 0.75;
  const stepsDone = portfolio ? (done ? 5 : Math.floor(random() * 5)) : 0;
  const backtracked = random() < 0.2;
  const pages = PAGES.slice(0, 2 + Math.floor(random() * 4));
  return {
    ...row,
    eventCount: 12,
    lifecycle: {
      ...row.lifecycle,
      phase: fate < 0.93 ? "ended" : fate < 0.99 ? "expired" : "in_progress",
      expiredAt: fate >= 0.93 && fate < 0.99 ? endAt + 900_000 : null,
      terminal: fate >= 0.93 ? null : {
        kind: done ? "completed" : "quitted",
        at: endAt,
        eventId: `event_${index}`,
        quitKind: done ? null : random() < 0.6 ? "user" : "idle",
        quitReason: null,
        reportedDuration: null,
      },
    },
    journey: {
      ...row.journey,
      lastAt: endAt,
      succeededAt: done ? startAt + taskMs : null,
      steps: Array.from({ length: stepsDone }, (_, i) => ({
        step: i + 1,
        at: startAt + Math.round(taskMs * (i + 1) / 5),
        measuredMs: Math.round(taskMs / 5 * (0.5 + random())),
        reportedSec: null,
        derived: false,
      })),
      path: portfolio ? null : PATHS[Math.floor(random() * 3)],
      activeMs: Math.round(taskMs * 0.9),
      page: pages[pages.length - 1],
      pages,
      pageViews: pages.length + (backtracked ? 2 : 0),
      backtracked,
    },
    review: done && random() < 0.8
      ? {
        reviewId: `review_${index}`,
        rating: 1 + Math.floor(random() * 5),
        feedback: null,
        submittedAt: endAt,
        correctedAt: null,
        warnings: [],
      }
      : null,
  };
}
