import type { Store } from "./ports.ts";
import type { Queue } from "./queue.ts";

/** Writes the queue's changes, one after the other; what came together is written together. */
export function createSaving(queue: Queue, store: Store) {
  let saving: Promise<void> | null = null;
  let hasFailed = false;

  async function saveAll(): Promise<void> {
    // What is called in one turn is one write; and nothing is over before it has begun.
    await Promise.resolve();
    for (let change = queue.takeChange(); change !== null; change = queue.takeChange()) {
      try {
        await store.save(change);
      } catch {
        // The disk is full, or forbidden: better sent from memory than not at all.
        hasFailed = true;
      }
      queue.saved(change);
    }
    saving = null;
  }

  return {
    /** Resolves when all that had changed by now is stored. */
    save: (): Promise<void> => saving ??= saveAll(),
    isDurable: () => store.isDurable() && !hasFailed,
  };
}
