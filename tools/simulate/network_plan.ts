import type { Random } from "./random.ts";
import type { Visit } from "./visit.ts";

/** What the kiosk does at a time of the visitor's, faults of the network included. */
export type Act =
  | {
    readonly kind: "send";
    readonly atMs: number;
    readonly seq: number;
    /** The same message twice in a row. */
    readonly repeat: boolean;
    /** The connection is destroyed right after sending: the acknowledgement is lost. */
    readonly cut: boolean;
  }
  /** The connection breaks between two messages and stays away for a while. */
  | {
    readonly kind: "drop";
    readonly atMs: number;
    readonly downMs: number;
    /** Reconnects with a token from a repeated start, as after the token's life. */
    readonly newToken: boolean;
  }
  | { readonly kind: "review"; readonly atMs: number };

export interface NetworkPlan {
  readonly acts: readonly Act[];
  /** The start's answer is lost and it is sent again, afterwards or while the first is under way. */
  readonly start: "once" | "again" | "together";
  /** Whether the client knows the additions of protocol E-3. */
  readonly saysHello: boolean;
  /** Events that were given an earlier event to overtake them. */
  readonly reordered: number;
}

interface SendAct {
  readonly kind: "send";
  readonly atMs: number;
  readonly seq: number;
  readonly repeat: boolean;
  readonly cut: boolean;
}

export interface NetworkOptions {
  readonly random: Random;
  /** Share of visits with a bad network, 0 to 1. */
  readonly faults: number;
}

/** How a visit's messages travel. */
export function planNetwork(visit: Visit, { random, faults }: NetworkOptions): NetworkPlan {
  const review: Act[] = visit.restReview === null
    ? []
    : [{ kind: "review", atMs: visit.restReview.offsetMs }];
  const saysHello = random.chance(0.85);
  const clean: SendAct[] = visit.events.map(({ offsetMs, seq }) => ({
    kind: "send",
    atMs: offsetMs,
    seq,
    repeat: false,
    cut: false,
  }));
  if (!random.chance(faults)) {
    return { acts: inOrder([...clean, ...review]), start: "once", saysHello, reordered: 0 };
  }
  const { sends, reordered } = reorder(clean, random);
  const marked = sends.map((act) => ({
    ...act,
    repeat: random.chance(0.08),
    cut: random.chance(0.05),
  }));
  const acts = inOrder([...marked, ...planDrops(visit, random), ...review]);
  const start = random.weighted(
    [["once", 5], ["again", 3], ["together", 2]] as const,
  );
  return { acts, start, saysHello, reordered };
}

/** Some events are sent only after the one that follows them. */
function reorder(
  sends: readonly SendAct[],
  random: Random,
): { readonly sends: readonly SendAct[]; readonly reordered: number } {
  const result = [...sends];
  let reordered = 0;
  for (let i = 0; i + 1 < result.length; i++) {
    if (!random.chance(0.06)) continue;
    const [first, second] = [result[i], result[i + 1]];
    result[i] = second;
    result[i + 1] = { ...first, atMs: second.atMs };
    reordered++;
    i++;
  }
  return { sends: result, reordered };
}

function planDrops(visit: Visit, random: Random): readonly Act[] {
  const endMs = visit.events[visit.events.length - 1].offsetMs;
  return Array.from({ length: random.int(0, 2) }, () => ({
    kind: "drop",
    atMs: Math.round(random.between(0, endMs)),
    downMs: random.int(0, 8000),
    newToken: random.chance(0.4),
  }));
}

/** By time; acts of one time stay as they were put. */
function inOrder(acts: readonly Act[]): readonly Act[] {
  return [...acts].sort((a, b) => a.atMs - b.atMs);
}
