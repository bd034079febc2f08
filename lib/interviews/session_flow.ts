import { limitsOf } from "../config/interviews.ts";
import { countToday } from "./daily_limits.ts";
import type { SessionPlace } from "./keys.ts";
import { nextQuestion } from "./next_question.ts";
import { skillMeans, withAsked } from "./practice_store.ts";
import type { Asked, Practice, Preferences, Question, Session, SessionInput } from "./schema.ts";
import type { SessionCommits } from "./session_commits.ts";
import { hasRoom, openQuestion, requireActive } from "./session_life.ts";
import type { SessionsDeps } from "./sessions.ts";

export interface StartInput extends SessionInput {
  readonly userAgent: string;
}

/** From the first question to the next ones (P-22, P-23). */
export function createSessionFlow(deps: SessionsDeps, { get, commit }: SessionCommits) {
  const { settings, practices, turns } = deps;
  return {
    /** @throws AppError RATE_LIMIT when the day's sessions are used up */
    start: (userId: string, input: StartInput): Promise<Session> =>
      turns.run(userId, async () => {
        const preferences = await deps.preferencesOf(userId);
        const counted = countStart(deps, { preferences, practice: await practices.find(userId) });
        const begun = begin(deps, { userId, input, preferences });
        const [session, practice] = ask(deps, { session: begun, practice: counted });
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
        const known = await practices.find(place.userId);
        const [after, practice] = ask(deps, { session, practice: known });
        if (after === session) return null;
        await commit(session, after, practice);
        return openQuestion(after);
      }),
  };
}

/** @throws AppError RATE_LIMIT when the day's sessions are used up */
function countStart(
  { clock, settings, timeZone }: SessionsDeps,
  { practice, preferences }: { readonly practice: Practice; readonly preferences: Preferences },
): Practice {
  const { sessionsPerDay: allowed } = limitsOf(settings, preferences);
  return countToday(practice, "startedToday", { now: clock.now(), timeZone, count: 1, allowed });
}

interface Beginning {
  readonly userId: string;
  readonly input: StartInput;
  readonly preferences: Preferences;
}

function begin(
  { clock, ids, settings }: SessionsDeps,
  { userId, input, preferences }: Beginning,
): Session {
  const startedAt = clock.now();
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

interface Known {
  readonly session: Session;
  readonly practice: Practice;
}

/** The session with one question more; without when none is left. */
function ask(deps: SessionsDeps, { session, practice }: Known): [Session, Practice] {
  const question = choose(deps, { session, practice });
  if (question === null) return [session, practice];
  const { questionId } = question;
  const startedAt = deps.clock.now();
  const next: Asked = {
    askedId: deps.ids.interviewQuestion(),
    questionId,
    order: session.asked.length + 1,
    startedAt,
    answeredAt: null,
    analysisId: null,
    totalScore: null,
    recordingId: null,
    isGivenUp: false,
  };
  return [
    { ...session, asked: [...session.asked, next] },
    withAsked(practice, { questionId, now: startedAt }),
  ];
}

/** Of its category, and then a general one. */
function choose({ catalogue, random }: SessionsDeps, { session, practice }: Known) {
  const { userId, category, language, difficulty, asked } = session;
  const choice = {
    askedNow: asked.map(({ questionId }) => questionId),
    askedBefore: practice.asked,
    difficulty,
    skills: skillMeans(practice),
    random,
  };
  const from = (questions: readonly Question[]) => nextQuestion({ ...choice, questions });
  return from(catalogue.list({ category, language, userId })) ??
    from(catalogue.list({ category: "other", language }));
}
