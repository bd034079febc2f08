import type { Locks, Store } from "./ports.ts";
import type { Queue } from "./queue.ts";

export interface OwningDeps {
  readonly locks: Locks;
  readonly store: Store;
  readonly queue: Queue;
}

export type Owning = ReturnType<typeof createOwning>;

/**
 * Which attempts are this tab's. Each has a lock: who holds it sends its events, so that two tabs
 * never send the same. What a tab leaves behind when it goes is taken over by another.
 */
export function createOwning({ locks, store, queue }: OwningDeps) {
  const releases = new Map<string, () => void>();

  async function claim(attemptId: string, waitMs = 0): Promise<boolean> {
    if (releases.has(attemptId)) return false;
    const release = await locks.claim(`docent-kiosk ${attemptId}`, waitMs);
    if (release !== null) releases.set(attemptId, release);
    return release !== null;
  }

  function release(attemptId: string): void {
    releases.get(attemptId)?.();
    releases.delete(attemptId);
  }

  /** True when it is this tab's now. */
  async function adopt(attemptId: string, waitMs = 0): Promise<boolean> {
    if (!await claim(attemptId, waitMs)) return false;
    // Only now: another tab may have sent some of it until it let go.
    const stored = await store.load(attemptId).catch(() => null);
    if (stored === null) release(attemptId);
    else queue.adopt(stored);
    return stored !== null;
  }

  return {
    /** For an attempt that is new; nobody else knows of it yet. */
    claim,
    adopt,
    async adoptAll(): Promise<void> {
      for (const attemptId of await store.list().catch(() => [])) await adopt(attemptId);
    },
    release,
    releaseAll(): void {
      for (const attemptId of [...releases.keys()]) release(attemptId);
    },
  };
}
