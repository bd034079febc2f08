import type { Owning } from "./owning.ts";
import type { Ports } from "./ports.ts";
import type { Entry, Queue } from "./queue.ts";
import type { KioskAttempt } from "./shapes.ts";

export interface VisitDeps extends Pick<Ports, "tab" | "uuid"> {
  readonly queue: Queue;
  readonly owning: Owning;
}

/** A page that is loaded again waits so long until the one before has let go. */
const RESUME_MS = 3_000;

export type Visit = ReturnType<typeof createVisit>;

/** Who is there, and the mission that events belong to; a page that is loaded again goes on. */
export function createVisit({ queue, owning, tab, uuid }: VisitDeps) {
  let sessionId = "";
  let attemptId: string | null = null;

  function become(session: string, attempt: string | null): void {
    [sessionId, attemptId] = [session, attempt];
    tab.write({ sessionId, attemptId });
  }

  function current(): Entry | null {
    return attemptId === null ? null : queue.entries.get(attemptId) ?? null;
  }

  return {
    current,
    sessionId: () => sessionId,
    attemptId: () => attemptId,
    /** The mission that has not ended. */
    running(): KioskAttempt | null {
      const attempt = current()?.attempt ?? null;
      return attempt === null || attempt.endedAt !== null ? null : attempt;
    },
    /** The mission for which a line is kept open: it runs, or its end is not told yet. */
    streaming(): string | null {
      const entry = current();
      if (entry === null) return null;
      return entry.attempt.endedAt !== null && entry.events.size === 0 ? null : attemptId;
    },
    async resume(): Promise<void> {
      const known = tab.read();
      const before = known?.attemptId ?? null;
      const isOurs = before !== null && await owning.adopt(before, RESUME_MS);
      become(known?.sessionId ?? uuid(), isOurs ? before : null);
    },
    begin: (attempt: string) => become(sessionId, attempt),
    next: () => become(uuid(), null),
  };
}
