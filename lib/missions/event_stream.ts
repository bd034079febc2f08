import { toIso } from "../clock.ts";
import type { FactLog } from "../log/mod.ts";
import { isMissionFact } from "./schema.ts";

/** An event as document 1 sends it to operators (M-29). */
export interface StreamedEvent {
  readonly attemptId: string;
  readonly eventType: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Every event of every attempt in the order of the log, for who must not miss one. */
export interface EventStream {
  /** Where it stands now; who begins here hears what comes. */
  position(): number;
  /** What follows a position, of so many facts at most, and the position to go on from. */
  after(
    position: number,
    maxFacts: number,
  ): Promise<{ events: readonly StreamedEvent[]; position: number }>;
  /** Resolves when there may be more, or at the signal. */
  wait(position: number, signal: AbortSignal): Promise<void>;
}

export function createEventStream(log: FactLog): EventStream {
  return {
    position: log.head,
    wait: (position, signal) => log.wait(position, signal),
    async after(position, maxFacts) {
      const records = await log.read(position, maxFacts);
      const events: StreamedEvent[] = [];
      for (const { fact } of records) {
        if (!isMissionFact(fact) || fact.type !== "missions.event_recorded") continue;
        const { attemptId, eventType, at, data } = fact;
        events.push({ attemptId, eventType, timestamp: toIso(at), data });
      }
      return { events, position: records.at(-1)?.position ?? position };
    },
  };
}
