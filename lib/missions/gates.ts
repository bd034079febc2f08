import type { AttemptGate } from "./gate.ts";

/** Above these the gates that were used longest ago are let go of. */
export interface GateLimits {
  /** Gates of attempts without a connection. */
  readonly idleGates: number;
  /** Of all gates together, as they weigh themselves; one of a long attempt has megabytes. */
  readonly bytes: number;
}

const LIMITS: GateLimits = { idleGates: 2_000, bytes: 128 * 1024 * 1024 };
/** What a gate takes beside the marks of its events. */
const GATE_BYTES = 1_500;

interface Held {
  readonly attemptId: string;
  gate: AttemptGate | null;
  loading: Promise<AttemptGate | null> | null;
  /** Who asked while it was loaded and has not decided yet: until then there is no other gate. */
  waiting: number;
  bytes: number;
}

type Decide<T> = (gate: AttemptGate | null) => T | Promise<T>;

/**
 * The gates in memory, one per attempt, loaded when first asked for. However many attempts are
 * open, they stay within a budget: a gate that was let go of is made again from what was stored.
 */
export interface Gates {
  /** Puts a new attempt's gate in place. */
  add(gate: AttemptGate): void;
  /**
   * Runs a decision on the gate: at once when it is in memory, else after loading it, in the
   * order of the calls. `null` is given when there is no such attempt. What it decides has to be
   * appended before it awaits anything: after that there may be another gate of the attempt.
   */
  use<T>(attemptId: string, decide: Decide<T>): Promise<T>;
  /** A connection lives: the gate goes after those of attempts without one. */
  pin(attemptId: string): void;
  unpin(attemptId: string): void;
  /** The gate if it is in memory, else null; to be looked at, not to be used. */
  find(attemptId: string): AttemptGate | null;
  /** Forgets a gate that ran ahead of what was stored. */
  drop(gate: AttemptGate): void;
  size(): number;
}

export function createGates(
  load: (attemptId: string) => Promise<AttemptGate | null>,
  limits: GateLimits = LIMITS,
): Gates {
  const pins = new Map<string, number>();
  // Both in the order of the last use.
  const pinned = new Map<string, Held>();
  const idle = new Map<string, Held>();
  let bytes = 0;

  function known(attemptId: string): Held | undefined {
    return pinned.get(attemptId) ?? idle.get(attemptId);
  }

  function place(held: Held): void {
    const { attemptId } = held;
    pinned.delete(attemptId);
    idle.delete(attemptId);
    (pins.has(attemptId) ? pinned : idle).set(attemptId, held);
  }

  /** What is held of an attempt, as the newest in use. */
  function touch(attemptId: string): Held {
    const held = known(attemptId) ??
      { attemptId, gate: null, loading: null, waiting: 0, bytes: 0 };
    place(held);
    return held;
  }

  function weigh(held: Held): void {
    const now = held.gate === null ? 0 : GATE_BYTES + held.gate.firsts.bytes;
    bytes += now - held.bytes;
    held.bytes = now;
  }

  /** Whoever waits for it decides on it first. */
  function letGo(held: Held): void {
    if (held.waiting > 0) return;
    held.gate = null;
    weigh(held);
    pinned.delete(held.attemptId);
    idle.delete(held.attemptId);
  }

  function evict(): void {
    for (const held of idle.values()) {
      if (idle.size <= limits.idleGates && bytes <= limits.bytes) break;
      letGo(held);
    }
    for (const held of pinned.values()) {
      if (bytes <= limits.bytes) return;
      letGo(held);
    }
  }

  function loadInto(held: Held): Promise<AttemptGate | null> {
    return held.loading ??= load(held.attemptId).then((gate) => {
      held.gate = gate;
      weigh(held);
      return gate;
    }).finally(() => held.loading = null);
  }

  function decideOn<T>(held: Held, gate: AttemptGate, decide: Decide<T>): T | Promise<T> {
    const decided = decide(gate);
    weigh(held);
    evict();
    return decided;
  }

  async function useLoaded<T>(attemptId: string, decide: Decide<T>): Promise<T> {
    while (true) {
      const held = touch(attemptId);
      if (held.gate !== null) return await decideOn(held, held.gate, decide);
      held.waiting++;
      let loaded: AttemptGate | null = null;
      try {
        loaded = await loadInto(held);
      } finally {
        held.waiting--;
        if (loaded === null) letGo(held);
      }
      if (loaded === null) return await decide(null);
    }
  }

  return {
    add(gate) {
      const held = touch(gate.attemptId);
      held.gate = gate;
      weigh(held);
      evict();
    },
    // Not async, nor is what records: each promise beside that of the commit is felt at full load.
    use(attemptId, decide) {
      const held = touch(attemptId);
      if (held.gate === null) return useLoaded(attemptId, decide);
      try {
        return Promise.resolve(decideOn(held, held.gate, decide));
      } catch (error) {
        return Promise.reject(error);
      }
    },
    pin(attemptId) {
      pins.set(attemptId, (pins.get(attemptId) ?? 0) + 1);
      const held = known(attemptId);
      if (held !== undefined) place(held);
    },
    unpin(attemptId) {
      const count = pins.get(attemptId) ?? 0;
      if (count > 1) return void pins.set(attemptId, count - 1);
      pins.delete(attemptId);
      const held = known(attemptId);
      if (held !== undefined) place(held);
      evict();
    },
    find: (attemptId) => known(attemptId)?.gate ?? null,
    drop(gate) {
      const held = known(gate.attemptId);
      if (held?.gate !== gate) return;
      held.gate = null;
      weigh(held);
      letGo(held);
    },
    size: () => pinned.size + idle.size,
  };
}
