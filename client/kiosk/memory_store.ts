import type { Store } from "./ports.ts";
import type { KioskAttempt, KioskEvent } from "./shapes.ts";

/** For browsers without IndexedDB: as good as the page's life. */
export function createMemoryStore(): Store {
  const attempts = new Map<string, KioskAttempt>();
  const events = new Map<string, Map<number, KioskEvent>>();
  return {
    isDurable: () => false,
    list: () => Promise.resolve([...attempts.keys()]),
    load(attemptId) {
      const attempt = attempts.get(attemptId);
      if (attempt === undefined) return Promise.resolve(null);
      const known = [...events.get(attemptId)?.values() ?? []].sort((a, b) => a.seq - b.seq);
      return Promise.resolve({ attempt, events: known });
    },
    save(change) {
      for (const { attemptId, seq } of change.removedEvents) events.get(attemptId)?.delete(seq);
      for (const attempt of change.attempts) attempts.set(attempt.attemptId, attempt);
      for (const event of change.events) {
        const known = events.get(event.attemptId) ?? new Map();
        events.set(event.attemptId, known.set(event.seq, event));
      }
      for (const attemptId of change.removedAttempts) {
        attempts.delete(attemptId);
        events.delete(attemptId);
      }
      return Promise.resolve();
    },
    close() {},
  };
}
