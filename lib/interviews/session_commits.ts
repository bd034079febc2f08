import { AppError } from "../errors.ts";
import type { SessionPlace } from "./keys.ts";
import type { Practice, Session } from "./schema.ts";
import { asOf } from "./session_life.ts";
import type { SessionsDeps } from "./sessions.ts";

/** Sessions as they are now, and their next state; in a turn of their person. */
export interface SessionCommits {
  /** @throws AppError NOT_FOUND */
  get(place: SessionPlace): Promise<Session>;
  /** Stores the next state of a session, unless it is the one that is there. */
  commit(before: Session | null, after: Session, practice?: Practice): Promise<void>;
  /** With everything in it. @throws AppError NOT_FOUND */
  remove(place: SessionPlace): Promise<void>;
}

export function createSessionCommits(deps: SessionsDeps): SessionCommits {
  const { kv, clock, store, tell } = deps;

  async function find(place: SessionPlace): Promise<Session> {
    const session = await store.find(place);
    if (session === null) throw new AppError("NOT_FOUND", "Session is not known");
    return session;
  }

  return {
    get: async (place) => asOf(await find(place), clock.now()),
    async commit(before, after, practice) {
      if (before === after && practice === undefined) return;
      const operation = kv.atomic();
      store.stage(operation, before, after);
      stageCounts(deps, { operation, before, after });
      if (practice !== undefined) deps.practices.stage(operation, after.userId, practice);
      await operation.commit();
      tell(after.userId, { kind: "interview:updated", session: after });
    },
    async remove(place) {
      const session = await find(place);
      const operation = kv.atomic();
      store.stage(operation, session, null);
      const recordings = await deps.recordings.ofSession(place);
      const removed = deps.recordings.stageRemoval(operation, recordings);
      await operation.commit();
      await removed();
      tell(place.userId, { kind: "interview:deleted", sessionId: place.sessionId });
    },
  };
}

interface Step {
  readonly operation: Deno.AtomicOperation;
  readonly before: Session | null;
  readonly after: Session;
}

/** Counts of what is of nobody in particular. */
function stageCounts(
  { catalogue, dayCounts }: SessionsDeps,
  { operation, before, after }: Step,
): void {
  const asked = after.asked.at(-1);
  if (asked !== undefined && after.asked.length > (before?.asked.length ?? 0)) {
    catalogue.stageUse(operation, asked.questionId);
  }
  if (before === null) dayCounts.stage(operation, "started");
  if (after.status === "completed" && before?.status !== "completed") {
    dayCounts.stage(operation, "completed");
  }
}
