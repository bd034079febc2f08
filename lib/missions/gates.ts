import type { AttemptGate } from "./gate.ts";

/** Gates that nobody holds are kept up to this many, the longest unused go first. */
const MAX_IDLE_GATES = 2_000;
/** And up to so many events of theirs: some 200 bytes each, and one attempt may have thousands. */
const MAX_IDLE_EVENTS = 100_000;

interface Held {
  gate: AttemptGate | null;
  loading: Promise<AttemptGate | null> | null;
  pins: number;
  /** Events that it counts for while it is idle. */
  events: number;
}

/** The gates in memory, one per attempt, loaded when first asked for. */
export interface Gates {
  /** Puts a new attempt's gate in place. */
  add(gate: AttemptGate): void;
  /**
   * Runs a decision on the gate: at once when it is in memory, else after loading it, in the
   * order of the calls. `null` is given when there is no such attempt.
   */
  use<T>(attemptId: string, decide: (gate: AttemptGate | null) => T | Promise<T>): Promise<T>;
  /** Keeps a gate in memory while a connection lives, until it is unpinned as often. */
  pin(attemptId: string): void;
  unpin(attemptId: string): void;
  /** The gate if it is in memory, else null; to be looked at, not to be used. */
  find(attemptId: string): AttemptGate | null;
  /** Forgets a gate that ran ahead of what was stored. */
  drop(gate: AttemptGate): void;
  size(): number;
}

export function createGates(load: (attemptId: string) => Promise<AttemptGate | null>): Gates {
  const pinned = new Map<string, Held>();
  /** In the order of the last use. */
  const idle = new Map<string, Held>();
  let idleEvents = 0;

  function known(attemptId: string): Held | undefined {
    return pinned.get(attemptId) ?? idle.get(attemptId);
  }

  function entry(attemptId: string): Held {
    const held = pinned.get(attemptId);
    if (held !== undefined) return held;
    const slot = takeIdle(attemptId) ?? { gate: null, loading: null, pins: 0, events: 0 };
    putIdle(attemptId, slot);
    return slot;
  }

  function takeIdle(attemptId: string): Held | undefined {
    const slot = idle.get(attemptId);
    if (slot === undefined) return undefined;
    idle.delete(attemptId);
    idleEvents -= slot.events;
    return slot;
  }

  function putIdle(attemptId: string, slot: Held): void {
    slot.events = slot.gate?.eventCount ?? 0;
    idleEvents += slot.events;
    idle.set(attemptId, slot);
  }

  function loadInto(slot: Held, attemptId: string): Promise<AttemptGate | null> {
    slot.loading ??= load(attemptId).then(
      (gate) => {
        slot.gate = gate;
        slot.loading = null;
        if (gate === null) takeIdle(attemptId);
        else if (slot.pins === 0) entry(attemptId);
        evict();
        return gate;
      },
      (error) => {
        slot.loading = null;
        takeIdle(attemptId);
        throw error;
      },
    );
    return slot.loading;
  }

  function evict(): void {
    for (const [attemptId, slot] of idle) {
      if (idle.size <= MAX_IDLE_GATES && idleEvents <= MAX_IDLE_EVENTS) return;
      if (slot.loading === null) takeIdle(attemptId);
    }
  }

  return {
    add(gate) {
      entry(gate.attemptId).gate = gate;
      evict();
    },
    async use(attemptId, decide) {
      const slot = entry(attemptId);
      if (slot.gate !== null) return await decide(slot.gate);
      return await decide(await loadInto(slot, attemptId));
    },
    pin(attemptId) {
      const slot = entry(attemptId);
      slot.pins++;
      takeIdle(attemptId);
      pinned.set(attemptId, slot);
    },
    unpin(attemptId) {
      const slot = pinned.get(attemptId);
      if (slot === undefined || --slot.pins > 0) return;
      pinned.delete(attemptId);
      putIdle(attemptId, slot);
      evict();
    },
    find: (attemptId) => known(attemptId)?.gate ?? null,
    drop(gate) {
      const slot = known(gate.attemptId);
      if (slot?.gate === gate) slot.gate = null;
    },
    size: () => pinned.size + idle.size,
  };
}
