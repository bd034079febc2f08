import { FEEDBACKS, IDLE_REASON, QUIT_REASONS } from "./content.ts";
import type { Random } from "./random.ts";

/** Who a visitor is: everything about a visit that is decided before it begins. */
export interface Persona {
  readonly mission: Mission;
  /** How the word card is found; null in the portfolio mission. */
  readonly path: VocabularyPath | null;
  /** Times by which everything takes longer than for the average visitor. */
  readonly pace: number;
  /** Chance of a click that the mission does not need, at each occasion. */
  readonly curiosity: number;
  readonly ending: Ending;
  readonly habits: Habits;
}

export type Mission = "portfolio" | "vocabulary";
export type VocabularyPath = "path1_vocabulary" | "path2_search" | "path3_etfDetail";

/** How a visitor goes away without finishing; `silent` sends nothing at all. */
export type Departure = "user" | "idle" | "reset" | "silent";

export type Ending =
  /** Through the rating page to the last one, which older clients report more than once. */
  | { readonly kind: "completed"; readonly rating: RatingChoice | null; readonly reports: number }
  /** The task is done, but nobody rates it. */
  | { readonly kind: "left_at_rating"; readonly by: Exclude<Departure, "user"> }
  /** Before the task is done: at a step of the portfolio, or a phase (1 to 3) of the vocabulary. */
  | { readonly kind: "left"; readonly by: Departure; readonly at: number; readonly reason: string };

export interface RatingChoice {
  /** 1 to 5. */
  readonly value: number;
  readonly feedback: string | null;
  /** Clients rate by REST, by a socket event, or by both with the same content. */
  readonly by: "rest" | "socket" | "both";
}

/** What the client of this visitor leaves out; real ones differ by version. */
export interface Habits {
  readonly sendsOpenedVia: boolean;
  readonly sendsRelevance: boolean;
  readonly sendsQuitKind: boolean;
}

/** Drop-outs over steps 1 to 5, after the document's sample (trap T-M23) with a few at step 1. */
const DROP_BY_STEP = [[1, 1], [2, 5], [3, 15], [4, 5], [5, 4]] as const;

export function createPersona(random: Random): Persona {
  const mission = random.weighted<Mission>([["portfolio", 55], ["vocabulary", 45]]);
  return {
    mission,
    path: mission === "portfolio" ? null : random.weighted<VocabularyPath>([
      ["path1_vocabulary", 30],
      ["path2_search", 45],
      ["path3_etfDetail", 5],
    ]),
    pace: random.between(0.7, 1.6),
    curiosity: random.between(0.05, 0.5),
    ending: createEnding(random, mission),
    habits: {
      sendsOpenedVia: random.chance(0.8),
      sendsRelevance: random.chance(0.7),
      sendsQuitKind: random.chance(0.7),
    },
  };
}

function createEnding(random: Random, mission: Mission): Ending {
  const kind = random.weighted([["completed", 70], ["left_at_rating", 8], ["left", 22]] as const);
  switch (kind) {
    case "completed":
      return {
        kind,
        rating: random.chance(0.9) ? createRating(random) : null,
        reports: random.weighted([[1, 85], [2, 12], [3, 3]]),
      };
    case "left_at_rating":
      return { kind, by: random.weighted([["reset", 5], ["idle", 2], ["silent", 3]] as const) };
    case "left": {
      const by = random.weighted<Departure>([["user", 60], ["idle", 20], ["reset", 8], [
        "silent",
        12,
      ]]);
      const at = mission === "portfolio" ? random.weighted(DROP_BY_STEP) : random.int(1, 3);
      return { kind, by, at, reason: by === "user" ? random.pick(QUIT_REASONS) : IDLE_REASON };
    }
  }
}

function createRating(random: Random): RatingChoice {
  return {
    value: random.weighted([[1, 5], [2, 10], [3, 25], [4, 50], [5, 30]]),
    feedback: random.chance(0.4) ? random.pick(FEEDBACKS) : null,
    by: random.weighted([["socket", 45], ["rest", 35], ["both", 20]] as const),
  };
}
