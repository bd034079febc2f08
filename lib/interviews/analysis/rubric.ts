import type { Features } from "./features.ts";
import { CRITERIA, type Criterion, MAX_CRITERION, type Scores } from "./port.ts";

/** What points are given for. */
export const REASONS = [
  "keywords",
  "question",
  "length",
  "parts",
  "connectives",
  "sentences",
  "numbers",
  "examples",
  "ownActions",
  "detail",
  "vocabulary",
  "effect",
  "substance",
] as const;
/** What points are taken for. */
export const FAULTS = ["offTopic", "stuffing", "repetition", "emptyPhrases"] as const;
export type ReasonName = (typeof REASONS)[number] | (typeof FAULTS)[number];

export interface Point {
  readonly criterion: Criterion;
  readonly reason: ReasonName;
  /** Below zero for what is taken. */
  readonly given: number;
  readonly of: number;
}

/** From 0 to 1: how much of what a reason asks for is there. */
type Share = (features: Features) => number;

/** Reason, the most points it gives, and how much of them. Those of a criterion add up to 25. */
const RUBRIC: Record<Criterion, readonly (readonly [ReasonName, number, Share])[]> = {
  understanding: [
    ["keywords", 14, (f) => f.found.length / (0.7 * (f.found.length + f.missing.length))],
    ["question", 5, (f) => (f.taken + f.specific) / 4],
    ["length", 6, (f) => f.length],
  ],
  logic: [
    ["parts", 15, (f) => f.parts.length / (f.parts.length + f.missingParts.length)],
    ["connectives", 6, (f) => f.connectives / 3],
    ["sentences", 4, (f) => f.length * f.sentences / 3 * (f.sentenceWords > 45 ? 0.4 : 1)],
  ],
  specificity: [
    ["numbers", 10, (f) => f.numbers / 3],
    ["examples", 5, (f) => f.examples / 2],
    ["ownActions", 6, (f) => f.ownActions / 2],
    ["detail", 4, (f) => f.words / 45],
  ],
  jobFit: [
    ["vocabulary", 12, (f) => (f.vocabulary + f.specific) / 5],
    ["effect", 6, (f) => f.results / 2],
    ["substance", 7, (f) => f.emptyPhrases > 0 ? 0 : f.length],
  ],
};

/** What is left of each criterion after a fault. */
interface Fault {
  readonly reason: ReasonName;
  readonly left: Record<Criterion, number>;
}

/** A heap of words has fewer small words than this share. */
const MIN_PROSE = 0.22;
const MIN_VARIETY = 0.6;

function faultsOf(features: Features): Fault[] {
  const faults: Fault[] = [];
  if (isOffTopic(features)) {
    const left = { understanding: 0.15, logic: 0.45, specificity: 0.45, jobFit: 0.15 };
    faults.push({ reason: "offTopic", left });
  }
  if (features.prose < MIN_PROSE && features.words > 4) {
    const left = { understanding: 0.2, logic: 0.2, specificity: 0.3, jobFit: 0.15 };
    faults.push({ reason: "stuffing", left });
  }
  if (features.variety < MIN_VARIETY) {
    faults.push({ reason: "repetition", left: all(Math.max(0.2, features.variety)) });
  }
  if (features.emptyPhrases > 0 && features.numbers < 2) {
    const share = Math.max(0.4, 1 - features.emptyPhrases * 0.15);
    faults.push({ reason: "emptyPhrases", left: all(share) });
  }
  return faults;
}

/** So many stems shared with a good answer are no accident. */
const RELATED = 4;

/** Hardly a keyword and hardly a word of the question; or some, all of which fit any story. */
function isOffTopic({ found, missing, specific, taken, related }: Features): boolean {
  const isTouched = found.length + specific + taken > 0;
  if (related >= RELATED && isTouched) return false;
  const covered = found.length / (found.length + missing.length);
  return covered <= 0.2 ? specific + taken < 2 : covered <= 0.5 && specific + taken === 0;
}

function all(left: number): Record<Criterion, number> {
  return { understanding: left, logic: left, specificity: left, jobFit: left };
}

/** Every point that is given or taken, and what they add up to. */
export function applyRubric(features: Features): { scores: Scores; points: Point[] } {
  const points: Point[] = [];
  const faults = faultsOf(features);
  const scores = { understanding: 0, logic: 0, specificity: 0, jobFit: 0 };
  for (const criterion of CRITERIA) {
    let score = 0;
    for (const [reason, of, share] of RUBRIC[criterion]) {
      const given = Math.round(of * Math.min(1, share(features)));
      points.push({ criterion, reason, given, of });
      score += given;
    }
    for (const { reason, left } of faults) {
      const taken = score - Math.round(score * left[criterion]);
      if (taken > 0) points.push({ criterion, reason, given: -taken, of: 0 });
      score -= taken;
    }
    scores[criterion] = Math.min(MAX_CRITERION, score);
  }
  return { scores, points };
}
