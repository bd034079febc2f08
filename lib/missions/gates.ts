import type { AttemptGate } from "./gate.ts";

/** Gates that nobody holds are kept up to this many, the longest unused go first. */
const MAX_IDLE_GATES = 2_000;

interface Held {
  gate: AttemptGate | null;
  loading: Promise<AttemptGate | null> | null;
  pins: number;
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
  /** Keeps a gate in memory while a connection lives; the result lets go of it. */
  pin(attemptId: string): () => void;
  /** Forgets a gate that ran ahead of what was stored. */
  drop(gate: AttemptGate): void;
  size(): number;
}

export function createGates(load: (attemptId: string) => Promise<AttemptGate | null>): Gates {
  const held = new Map<string, Held>();
  let pinned = 0;

  function entry(attemptId: string): Held {
    const known = held.get(attemptId);
    if (known !== undefined) {
      // Moved to the end: the map's order is that of the last use.
      held.delete(attemptId);
      held.set(attemptId, known);
      return known;
    }
    const fresh: Held = { gate: null, loading: null, pins: 0 };
    held.set(attemptId, fresh);
    return fresh;
  }

  function loadInto(slot: Held, attemptId: string): Promise<AttemptGate | null> {
    slot.loading ??= load(attemptId).then(
      (gate) => {
        slot.gate = gate;
        slot.loading = null;
        if (gate === null && slot.pins === 0) held.delete(attemptId);
        else evict();
        return gate;
      },
      (error) => {
        slot.loading = null;
        if (slot.pins === 0) held.delete(attemptId);
        throw error;
      },
    );
    return slot.loading;
  }

  function evict(): void {
    let surplus = held.size - pinned - MAX_IDLE_GATES;
    if (surplus <= 0) return;
    for (const [attemptId, slot] of held) {
      if (slot.pins === 0 && slot.loading === null) {
        held.delete(attemptId);
        surplus--;
      }
      if (surplus <= 0) return;
    }
  }

  return {
    add(gate) {
      entry(gate.attemptId).gate = gate;
      evict();
    },
    async use(attemptId, decide) {
      const known = held.get(attemptId);
      // A pinned one stays anyway, and is asked for at each event.
      const slot = known !== undefined && known.pins > 0 ? known : entry(attemptId);
      if (slot.gate !== null) return await decide(slot.gate);
      return await decide(await loadInto(slot, attemptId));
    },
    pin(attemptId) {
      const slot = entry(attemptId);
      if (slot.pins++ === 0) pinned++;
      return () => {
        if (--slot.pins === 0) pinned--;
      };
    },
    drop(gate) {
      const slot = held.get(gate.attemptId);
      if (slot?.gate === gate) slot.gate = null;
    },
    size: () => held.size,
  };
}
