import type { Clock } from "../../clock.ts";
import { AppError } from "../../errors.ts";
import type { FollowedProjection } from "../../log/mod.ts";
import { dateOf, dayOf, type Span } from "../../time_zone.ts";
import type { Turn } from "../../turns.ts";
import { noMission } from "../context.ts";
import type { MissionDefinition, Missions } from "../definitions.ts";
import { parsePeriod } from "../../period.ts";
import type { PathShare } from "../statistics/mod.ts";
import { createAnswers } from "./answers.ts";
import { addCoreSums, attemptsOf } from "./core.ts";
import { type MissionFigures, missionFigures, type PathFigures, pathFigures } from "./figures.ts";
import type { Hours } from "./hours.ts";
import type { Small } from "./small.ts";
import { type MissionStatistics, missionStatistics, pathSharesOf } from "./statistics.ts";

/** Of attempts by their start; dates as `parsePeriod` reads them. */
export interface AnalyticsQuery {
  /** A defined mission in any letter case, or `all`. */
  readonly missionType: string;
  readonly startDate?: string;
  readonly endDate?: string;
}

/** What an answer says of itself (M-44); times in epoch milliseconds. */
export interface AnswerFrame {
  readonly missionType: string;
  readonly period: Span;
  readonly generatedAt: number;
}

export interface MissionAnalytics extends AnswerFrame, MissionFigures {
  /** When detail was asked for. */
  readonly statistics: MissionStatistics | null;
}

export interface PathAnalytics extends AnswerFrame, PathFigures {
  /** When detail was asked for. */
  readonly shares: readonly (PathShare & Small)[] | null;
}

export interface DayFigures {
  /** Calendar date in the exhibition's zone. */
  readonly day: string;
  readonly completed: number;
  /** Completed, quitted and expired. */
  readonly ended: number;
}

const DEFAULT_DAYS = 7;
/** In one answer by day. */
const MAX_DAYS = 400;

export interface AnalysingDeps {
  readonly clock: Clock;
  readonly timeZone: string;
  readonly rows: FollowedProjection;
  readonly missions: Missions;
  readonly hours: Hours;
  readonly turn: Turn;
}

interface Question {
  /** In lower case. */
  readonly missionType: string;
  readonly missionTypes: readonly string[];
  /** Null for all missions together. */
  readonly definition: MissionDefinition | null;
  readonly span: Span;
}

/** Analytics over attempts (M-15, M-16); they see what was acknowledged before they were asked. */
export function createAnalysing(deps: AnalysingDeps) {
  const { clock, timeZone, rows, missions, hours, turn } = deps;
  const missionAnswers = createAnswers<MissionAnalytics>();
  const pathAnswers = createAnswers<PathAnalytics>();

  async function ask({ missionType, startDate, endDate }: AnalyticsQuery): Promise<Question> {
    const options = { now: clock.now(), timeZone, defaultDays: DEFAULT_DAYS };
    const span = parsePeriod(startDate, endDate, options);
    const definition = missions.find(missionType);
    if (definition === null && missionType !== "all") throw noMission(["all", ...missions.types]);
    await rows.barrier();
    return definition === null ? { missionType, missionTypes: missions.types, definition, span } : {
      missionType: definition.missionType,
      missionTypes: [definition.missionType],
      definition,
      span,
    };
  }

  function frame({ missionType, span }: Question): AnswerFrame {
    return { missionType, period: span, generatedAt: clock.now() };
  }

  /** @throws AppError VALIDATION_ERROR for an unknown mission and for dates that cannot be read */
  async function missionAnalytics(
    query: AnalyticsQuery,
    { detail }: { detail: boolean },
  ): Promise<MissionAnalytics> {
    const question = await ask(query);
    const { definition } = question;
    const core = await hours.core(question);
    const more = detail ? await hours.detail(question) : null;
    const version = Math.max(core.version, more?.version ?? 0);
    return await missionAnswers.get(toText(question, detail), version, async () => ({
      ...frame(question),
      ...missionFigures(core.parts, definition),
      statistics: more === null
        ? null
        : await missionStatistics({ core: core.parts, detail: more.parts }, { definition, turn }),
    }));
  }

  /** @throws AppError VALIDATION_ERROR also for a mission that has no paths */
  async function pathAnalytics(
    query: AnalyticsQuery,
    { detail }: { detail: boolean },
  ): Promise<PathAnalytics> {
    const question = await ask(query);
    const { definition } = question;
    if (definition === null || definition.paths.length === 0) throw noMission(missionsWithPaths());
    const { parts, version } = await hours.core(question);
    return await pathAnswers.get(toText(question, detail), version, () =>
      Promise.resolve({
        ...frame(question),
        ...pathFigures(parts, definition),
        shares: detail
          ? pathSharesOf(addCoreSums(parts.map((part) => part.sums)), definition.paths)
          : null,
      }));
  }

  /** Types of the missions that define paths. */
  function missionsWithPaths(): string[] {
    return missions.types.filter((type) => missions.find(type)?.paths.length !== 0);
  }

  /** Completed and ended attempts for each day of the period, whole or in part (M-50). */
  async function completionByDay(query: AnalyticsQuery): Promise<DayFigures[]> {
    const { missionTypes, span } = await ask(query);
    const days = daysOf(span);
    const found = await hours.coreOfEach(missionTypes, days);
    return found.map(({ parts }, index) => {
      const sums = addCoreSums(parts.map((part) => part.sums));
      return {
        day: dateOf(days[index].from, timeZone),
        completed: sums.byStatus.completed,
        ended: attemptsOf(sums, ["completed", "quitted", "expired"]),
      };
    });
  }

  /** The days of the exhibition that a period is made of; the first and the last may be in part. */
  function daysOf(period: Span): Span[] {
    const days: Span[] = [];
    for (let { from } = period; from < period.to;) {
      if (days.length === MAX_DAYS) throw tooManyDays();
      const to = Math.min(dayOf(from, timeZone).to, period.to);
      days.push({ from, to });
      from = to;
    }
    return days;
  }

  return {
    missionAnalytics,
    pathAnalytics,
    completionByDay,
    missionsWithPaths,
    /** Stores what queries would otherwise make anew after a restart; gives how many hours. */
    refreshHours: hours.refresh,
    /** Gives memory back that the next query takes again, with 50 to 100 ms for reading. */
    letGoOfRows: hours.letGo,
  };
}

function toText({ missionType, span }: Question, detail: boolean): string {
  return `${missionType} ${span.from} ${span.to} ${detail}`;
}

function tooManyDays(): AppError {
  return new AppError("VALIDATION_ERROR", "Period is too long to be shown by day", {
    details: { field: "startDate", expected: `at most ${MAX_DAYS} days` },
  });
}
