import { AppError } from "../errors.ts";
import type { DayEntry, Increment, Learning } from "./schema.ts";

/** Days and months that are kept (T-L07). */
const KEPT_DAYS = 84;
const KEPT_MONTHS = 24;

/** Where a person begins (L-09). */
export function newLearning(userId: string, now: number): Learning {
  return {
    userId,
    totalLearningHours: 0,
    currentStreak: 0,
    longestStreak: 0,
    logsCreated: 0,
    goalsCompleted: 0,
    skillsAdded: 0,
    weeklyData: [],
    monthlyData: [],
    lastActiveDay: null,
    updatedAt: now,
  };
}

export function addHours(learning: Learning, hours: number): Learning {
  // Tenths add up to tenths: 0.1 + 0.2 would show as 0.30000000000000004.
  const total = Math.round((learning.totalLearningHours + hours) * 1e6) / 1e6;
  return { ...learning, totalLearningHours: total };
}

/** The longest is never shorter than the one before or the one under way (T-L06). */
export function setStreak(
  learning: Learning,
  streak: { readonly currentStreak: number; readonly longestStreak: number },
  today: string,
): Learning {
  const { currentStreak } = streak;
  const longestStreak = Math.max(learning.longestStreak, streak.longestStreak, currentStreak);
  return { ...learning, currentStreak, longestStreak, lastActiveDay: today };
}

export function increment(learning: Learning, { statName, incrementBy }: Increment): Learning {
  return { ...learning, [statName]: learning[statName] + incrementBy };
}

/** A day with an activity carries the streak on from the day before, or begins one (T-L11). */
export function countDay(learning: Learning, today: string): Learning {
  const { lastActiveDay, currentStreak, longestStreak } = learning;
  // A clock set back must not break a streak.
  if (lastActiveDay !== null && today <= lastActiveDay) return learning;
  const current = lastActiveDay === dayBefore(today) ? currentStreak + 1 : 1;
  return {
    ...learning,
    currentStreak: current,
    longestStreak: Math.max(longestStreak, current),
    lastActiveDay: today,
  };
}

/** As it is today: a streak ends with the first whole day without an activity. */
export function asOf(learning: Learning, today: string): Learning {
  const { lastActiveDay } = learning;
  const goesOn = lastActiveDay !== null && lastActiveDay >= dayBefore(today);
  return goesOn ? learning : { ...learning, currentStreak: 0 };
}

/**
 * Puts the entry of a day in the place of any before, in the days and in the sums of its month.
 * @throws AppError VALIDATION_ERROR for a day to come, or one over twelve weeks ago
 */
export function setDay(learning: Learning, entry: DayEntry, today: string): Learning {
  const oldest = shift(today, -KEPT_DAYS + 1);
  // It is tomorrow already, for somebody east of the exhibition.
  if (entry.date < oldest || entry.date > shift(today, 1)) {
    throw new AppError("VALIDATION_ERROR", "Day is not one of the last twelve weeks", {
      details: { field: "date", expected: `a day from ${oldest} to ${today}` },
    });
  }
  const before = learning.weeklyData.find(({ date }) => date === entry.date);
  const others = learning.weeklyData.filter(({ date }) => date !== entry.date && date >= oldest);
  return {
    ...learning,
    weeklyData: [...others, entry].sort((a, b) => a.date < b.date ? -1 : 1),
    monthlyData: setMonth(learning.monthlyData, {
      month: entry.date.slice(0, 7),
      hoursLogged: entry.hoursLogged - (before?.hoursLogged ?? 0),
      logsCount: entry.logsCount - (before?.logsCount ?? 0),
    }),
  };
}

type MonthEntry = Learning["monthlyData"][number];

function setMonth(months: readonly MonthEntry[], change: MonthEntry): MonthEntry[] {
  const { month } = change;
  const known = months.find((it) => it.month === month) ??
    { month, hoursLogged: 0, logsCount: 0 };
  const sum = {
    month,
    hoursLogged: Math.round((known.hoursLogged + change.hoursLogged) * 1e6) / 1e6,
    logsCount: known.logsCount + change.logsCount,
  };
  return [...months.filter((it) => it.month !== month), sum]
    .sort((a, b) => a.month < b.month ? -1 : 1)
    .slice(-KEPT_MONTHS);
}

function dayBefore(day: string): string {
  return shift(day, -1);
}

function shift(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
