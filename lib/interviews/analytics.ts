import { dateOf } from "../time_zone.ts";
import type { Practice, Session } from "./schema.ts";
import { durationSec } from "./session_life.ts";

export type Trend = "improving" | "stable" | "declining";

/** A skill of a person: a tag of questions, or one of the four criteria (P-19). */
export interface Skill {
  /** Mean of the latest ten, from 0 to 100. */
  readonly score: number;
  readonly trend: Trend;
  /** Of which it is known, at most ten. */
  readonly questionsCount: number;
}

/** A change that is smaller says nothing; points of 100 from the first score to the last. */
const DEAD_BAND = 2;
const MIN_SCORES = 3;

/** Slope of the straight line through the scores, times their number (T-P13). */
export function trendOf(scores: readonly number[]): Trend {
  const count = scores.length;
  if (count < MIN_SCORES) return "stable";
  const middle = (count - 1) / 2;
  const mean = meanOf(scores);
  let along = 0;
  let spread = 0;
  for (const [at, score] of scores.entries()) {
    along += (at - middle) * (score - mean);
    spread += (at - middle) ** 2;
  }
  const change = along / spread * (count - 1);
  if (Math.abs(change) <= DEAD_BAND) return "stable";
  return change > 0 ? "improving" : "declining";
}

export function skillsOf({ skills }: Practice): Record<string, Skill> {
  return Object.fromEntries(
    Object.entries(skills).map(([name, scores]) => [name, {
      score: rounded(meanOf(scores)),
      trend: trendOf(scores),
      questionsCount: scores.length,
    }]),
  );
}

/** What a person has done so far (P-19). Times in seconds, scores from 0 to 100. */
export interface UserStats {
  readonly sessionsCompleted: number;
  readonly averageScore: number;
  readonly timeSpent: number;
  readonly questionsAnswered: number;
  /** Mean of the last five scores less that of the five before; 0 without ten. */
  readonly improvementRate: number;
}

const RECENT = 5;

/** @param sessions the newest first */
export function statsOf(sessions: readonly Session[], now: number): UserStats {
  const scores = scoresOf(sessions);
  const before = scores.slice(-2 * RECENT, -RECENT);
  const completed = sessions.filter(({ status }) => status === "completed");
  return {
    sessionsCompleted: completed.length,
    averageScore: rounded(meanOf(scores)),
    timeSpent: completed.reduce((sum, session) => sum + durationSec(session, now), 0),
    questionsAnswered: sessions.reduce((sum, session) => sum + answeredIn(session), 0),
    improvementRate: before.length < RECENT
      ? 0
      : rounded(meanOf(scores.slice(-RECENT)) - meanOf(before)),
  };
}

/** What a person did on a day of the exhibition's zone. */
export interface ProgressDay {
  readonly date: string;
  readonly sessions: number;
  readonly questionsAnswered: number;
  /** Null on a day without a judged answer. */
  readonly averageScore: number | null;
}

/** @param sessions the newest first; the days come the oldest first, those without are left out */
export function progressOf(sessions: readonly Session[], timeZone: string): ProgressDay[] {
  const days = new Map<string, Session[]>();
  for (const session of sessions.toReversed()) {
    const date = dateOf(session.startedAt, timeZone);
    days.set(date, [...days.get(date) ?? [], session]);
  }
  return [...days].map(([date, some]) => {
    const scores = scoresOf(some);
    return {
      date,
      sessions: some.length,
      questionsAnswered: some.reduce((sum, session) => sum + answeredIn(session), 0),
      averageScore: scores.length === 0 ? null : rounded(meanOf(scores)),
    };
  });
}

/** In the order in which the answers came. */
function scoresOf(sessions: readonly Session[]): number[] {
  return sessions.flatMap(({ asked }) => asked)
    .filter(({ totalScore }) => totalScore !== null)
    .toSorted((a, b) => (a.answeredAt ?? 0) - (b.answeredAt ?? 0))
    .map(({ totalScore }) => totalScore ?? 0);
}

function answeredIn({ asked }: Session): number {
  return asked.filter(({ answeredAt }) => answeredAt !== null).length;
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
