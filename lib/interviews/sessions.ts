import type { InterviewSettings } from "../config/interviews.ts";
import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";
import type { Kv } from "../kv/port.ts";
import type { OneAtATime } from "../one_at_a_time.ts";
import type { DayCounts } from "./day_counts.ts";
import type { SessionPlace } from "./keys.ts";
import type { PracticeStore } from "./practice_store.ts";
import type { Catalogue } from "./questions/catalogue.ts";
import type { Recordings } from "./recordings/recordings.ts";
import type { Preferences, Session, SessionChange } from "./schema.ts";
import { createSessionCommits, type SessionCommits } from "./session_commits.ts";
import { createSessionFlow } from "./session_flow.ts";
import {
  asOf,
  getAsked,
  isReported,
  requireActive,
  requireUnanswered,
  withStatus,
} from "./session_life.ts";
import type { SessionStore } from "./session_store.ts";
import { createSessionUpkeep } from "./session_upkeep.ts";
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

/** Sessions from start to end (P-09, P-15, P-22, P-23). */
export function createSessions(deps: SessionsDeps) {
  const { clock: { now }, store, turns } = deps;
  const commits = createSessionCommits(deps);
  return {
    ...createSessionFlow(deps, commits),
    ...createSessionUpkeep(deps, commits),
    get: commits.get,
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
    /**
     * Keeps an answer under way, so that nothing is lost by an interruption; leaves the session,
     * comes back to it or completes it.
     * @throws AppError CONFLICT when the state of session or answer does not allow it
     */
    update: (place: SessionPlace, change: SessionChange): Promise<Session> =>
      turns.run(place.userId, () => update(deps, { commits, place, change })),
    /** With everything in it. @throws AppError NOT_FOUND */
    remove: (place: SessionPlace): Promise<void> =>
      turns.run(place.userId, () => commits.remove(place)),
  };
}

interface Update {
  readonly commits: SessionCommits;
  readonly place: SessionPlace;
  readonly change: SessionChange;
}

async function update(
  deps: SessionsDeps,
  { commits: { get, commit }, place, change: { answer, status } }: Update,
): Promise<Session> {
  const before = await get(place);
  const after = status === undefined ? before : withStatus(before, status, deps.clock.now());
  if (answer !== undefined) await saveAnswer(deps, { session: before, ...answer });
  await commit(before, after);
  if (after === before) return after;
  if (after.status === "completed") {
    deps.tell(place.userId, { kind: "interview:completed", session: after });
  }
  if (isReported(after)) deps.tell(place.userId, { kind: "report:generated", session: after });
  return after;
}

async function saveAnswer(
  { kv, clock, store }: SessionsDeps,
  { session, questionId, text }: NonNullable<SessionChange["answer"]> & {
    readonly session: Session;
  },
): Promise<void> {
  requireActive(session);
  const asked = getAsked(session, questionId);
  requireUnanswered(asked, "answer.questionId");
  const operation = kv.atomic();
  const place = { ...session, askedId: asked.askedId };
  await store.stageAnswer(operation, place, { text, savedAt: clock.now() });
  await operation.commit();
}
