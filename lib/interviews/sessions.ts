import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";
import type { Ids } from "../ids.ts";
import type { Kv } from "../kv/port.ts";
import type { OneAtATime } from "../one_at_a_time.ts";
import { type InterviewSettings, limitsOf } from "../config/interviews.ts";
import type { DayCounts } from "./day_counts.ts";
import { countToday } from "./daily_limits.ts";
import type { SessionPlace } from "./keys.ts";
import { nextQuestion } from "./next_question.ts";
import { type PracticeStore, skillMeans, withAsked } from "./practice_store.ts";
import type { Catalogue } from "./questions/catalogue.ts";
import type { Recordings } from "./recordings/recordings.ts";
import type {
  Asked,
  Practice,
  Preferences,
  Session,
  SessionChange,
  SessionInput,
} from "./schema.ts";
import {
  asOf,
  getAsked,
  hasRoom,
  isReported,
  openQuestion,
  requireActive,
  requireUnanswered,
  withStatus,
} from "./session_life.ts";
import type { SessionStore } from "./session_store.ts";
import type { Watcher } from "./watching.ts";

export interface SessionsDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly timeZone: string;
  readonly settings: InterviewSettings;
  readonly store: SessionStore;
  readonly practices: PracticeStore;
  readonly catalogue: Catalogue;
  readonly dayCounts: DayCounts;
  readonly recordings: Pick<Recordings, "ofSession" | "stageRemoval">;
  /** One change at a time for each person. */
  readonly turns: OneAtATime;
  readonly tell: Watcher;
  readonly preferencesOf: (userId: string) => Promise<Preferences>;
}

export type Sessions = ReturnType<typeof createSessions>;

/** Looked at together by the timer's step. */
const MAX_DUE = 100;
const DAY_MS = 86_400_000;

/** Sessions from start to end (P-09, P-15, P-22, P-23). */
export function createSessions(deps: SessionsDeps) {
  const { kv, clock: { now }, ids, settings, store, practices, turns, tell } = deps;

  /** @throws AppError NOT_FOUND */
  async function get(place: SessionPlace): Promise<Session> {
    const session = await store.find(place);
    if (session === null) throw unknown();
    return asOf(session, now());
  }

  /** Stores the next state of a session, unless it is the one that is there. */
  async function commit(before: Session | null, after: Session, practice?: Practice) {
    if (before === after && practice === undefined) return;
    const operation = kv.atomic();
    store.stage(operation, before, after);
    const asked = after.asked.at(-1);
    if (asked !== undefined && after.asked.length > (before?.asked.length ?? 0)) {
      deps.catalogue.stageUse(operation, asked.questionId);
    }
    if (before === null) deps.dayCounts.stage(operation, "started");
    if (after.status === "completed" && before?.status !== "completed") {
      deps.dayCounts.stage(operation, "completed");
    }
    if (practice !== undefined) practices.stage(operation, after.userId, practice);
    await operation.commit();
    tell(after.userId, { kind: "interview:updated", session: after });
  }

  /** The session with one question more; without when none is left. */
  function ask(session: Session, practice: Practice): [Session, Practice] {
    const { userId, category, language, difficulty, asked } = session;
    const own = deps.catalogue.list({ category, language, userId });
    const general = deps.catalogue.list({ category: "other", language });
    const askedNow = asked.map(({ questionId }) => questionId);
    const choice = {
      askedNow,
      askedBefore: practice.asked,
      difficulty,
      skills: skillMeans(practice),
      random: deps.random,
    };
    const question = nextQuestion({ ...choice, questions: own }) ??
      nextQuestion({ ...choice, questions: general });
    if (question === null) return [session, practice];
    const { questionId } = question;
    const startedAt = now();
    const next: Asked = {
      askedId: ids.interviewQuestion(),
      questionId,
      order: asked.length + 1,
      startedAt,
      answeredAt: null,
      analysisId: null,
      totalScore: null,
      recordingId: null,
      isGivenUp: false,
    };
    return [
      { ...session, asked: [...asked, next] },
      withAsked(practice, { questionId, now: startedAt }),
    ];
  }

  /** @throws AppError RATE_LIMIT when the day's sessions are used up */
  function countStart(practice: Practice, preferences: Preferences): Practice {
    const { sessionsPerDay: allowed } = limitsOf(settings, preferences);
    const today = { now: now(), timeZone: deps.timeZone };
    return countToday(practice, "startedToday", { ...today, count: 1, allowed });
  }

  function begin(userId: string, input: StartInput, preferences: Preferences): Session {
    const startedAt = now();
    const { maxDurationSec, maxQuestions } = limitsOf(settings, preferences);
    return {
      sessionId: ids.interview(),
      userId,
      category: input.category ?? preferences.jobCategory,
      customCategory: input.customCategory ?? null,
      difficulty: input.difficulty ?? preferences.difficulty,
      language: input.language ?? preferences.language,
      userLevel: input.userLevel,
      maxQuestions: Math.min(input.maxQuestions ?? maxQuestions, maxQuestions),
      status: "active",
      asked: [],
      startedAt,
      deadlineAt: startedAt + maxDurationSec * 1000,
      warnedAt: null,
      endedAt: null,
      metadata: { ...input.metadata, userAgent: input.userAgent },
    };
  }

  function remove(place: SessionPlace): Promise<void> {
    return turns.run(place.userId, async () => {
      const session = await store.find(place);
      if (session === null) throw unknown();
      const operation = kv.atomic();
      store.stage(operation, session, null);
      const recordings = await deps.recordings.ofSession(place);
      const removed = deps.recordings.stageRemoval(operation, recordings);
      await operation.commit();
      await removed();
      tell(place.userId, { kind: "interview:deleted", sessionId: place.sessionId });
    });
  }

  async function settleDue(place: SessionPlace): Promise<void> {
    const session = await store.find(place);
    if (session === null) return;
    const ended = asOf(session, now());
    if (ended !== session || session.warnedAt !== null) return await commit(session, ended);
    const warned = { ...session, warnedAt: now() };
    await commit(session, warned);
    tell(place.userId, { kind: "interview:warning", session: warned });
  }

  return {
    get,
    findAnswer: store.findAnswer,
    /** The newest first, and how many there are in all. */
    async list(userId: string, page: { readonly limit: number; readonly offset: number }) {
      const [sessions, total] = await Promise.all([store.list(userId, page), store.count(userId)]);
      return { sessions: sessions.map((session) => asOf(session, now())), total };
    },
    /** Of everybody, the newest first. */
    async listAll(page: { readonly limit: number; readonly offset: number }): Promise<Session[]> {
      return (await store.listAll(page)).map((session) => asOf(session, now()));
    },
    /** @throws AppError RATE_LIMIT when the day's sessions are used up */
    start: (userId: string, input: StartInput): Promise<Session> =>
      turns.run(userId, async () => {
        const preferences = await deps.preferencesOf(userId);
        const counted = countStart(await practices.find(userId), preferences);
        const [session, practice] = ask(begin(userId, input, preferences), counted);
        await commit(null, session, practice);
        return session;
      }),
    /**
     * The question that waits for an answer, or a new one, which a skip makes of the former; null
     * when none is left or the session has as many as are allowed.
     * @throws AppError CONFLICT when the session is at its end
     */
    next: (place: SessionPlace, { skip }: { readonly skip: boolean }): Promise<Asked | null> =>
      turns.run(place.userId, async () => {
        const session = await get(place);
        requireActive(session);
        const open = openQuestion(session);
        if (open !== null && !skip) return open;
        if (!hasRoom(session, settings.free.maxQuestions)) return null;
        const [after, practice] = ask(session, await practices.find(place.userId));
        if (after === session) return null;
        await commit(session, after, practice);
        return openQuestion(after);
      }),
    /**
     * Keeps an answer under way, so that nothing is lost by an interruption; leaves the session,
     * comes back to it or completes it.
     * @throws AppError CONFLICT when the state of session or answer does not allow it
     */
    update: (place: SessionPlace, { answer, status }: SessionChange): Promise<Session> =>
      turns.run(place.userId, async () => {
        const before = await get(place);
        const after = status === undefined ? before : withStatus(before, status, now());
        if (answer !== undefined) await saveAnswer(before, answer);
        await commit(before, after);
        if (after !== before && after.status === "completed") {
          tell(place.userId, { kind: "interview:completed", session: after });
        }
        if (after !== before && isReported(after)) {
          tell(place.userId, { kind: "report:generated", session: after });
        }
        return after;
      }),
    remove,
    /** Removes sessions that began longer ago than is set; the timer's step. */
    async removeOld(): Promise<void> {
      if (settings.retainDays === null) return;
      const cutoff = now() - settings.retainDays * DAY_MS;
      for (const place of await store.startedBefore(cutoff, MAX_DUE)) await remove(place);
    },
    /** Warns of sessions whose time is nearly over and ends those whose time is; the timer's step. */
    async settleDue(): Promise<void> {
      for (const place of await store.due(now(), MAX_DUE)) {
        await turns.run(place.userId, () => settleDue(place));
      }
    },
  };

  async function saveAnswer(
    session: Session,
    { questionId, text }: NonNullable<SessionChange["answer"]>,
  ): Promise<void> {
    requireActive(session);
    const asked = getAsked(session, questionId);
    requireUnanswered(asked, "answer.questionId");
    const { askedId } = asked;
    const operation = kv.atomic();
    await store.stageAnswer(operation, { ...session, askedId }, { text, savedAt: now() });
    await operation.commit();
  }
}

function unknown(): AppError {
  return new AppError("NOT_FOUND", "Session is not known");
}

export interface StartInput extends SessionInput {
  readonly userAgent: string;
}
