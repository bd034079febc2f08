import { type Features, featuresOf } from "./features.ts";
import type { Analyser, Submission, Verdict } from "./port.ts";
import { applyRubric, type Point, type ReasonName } from "./rubric.ts";
import { WORDS } from "./words.ts";

export const LOCAL_MODEL = "local-rubric-1";

const MAX_STRENGTHS = 4;
const MAX_SUGGESTIONS = 4;

/** Judges by a rubric, without a network: the same answer always gets the same points (P-18, T-P08). */
export const localAnalyser: Analyser = {
  analyse: (submission) => Promise.resolve(judge(submission)),
};

export function judge(submission: Submission): Verdict {
  const features = featuresOf(submission);
  const { scores, points } = applyRubric(features);
  const words = WORDS[submission.question.language];
  const suggestions = suggestionsOf(points).flatMap((reason) =>
    words.advice[reason]?.(features) ?? []
  );
  const say = ({ reason }: Point) => words.reasons[reason](features);
  return {
    scores,
    points: points.map((point) => ({
      criterion: point.criterion,
      given: point.given,
      of: point.of,
      reason: say(point),
    })),
    strengths: points.filter(({ given, of }) => of > 0 && given >= of * 0.8)
      .toSorted((a, b) => b.given - a.given).slice(0, MAX_STRENGTHS).map(say),
    improvements: weakest(points).slice(0, MAX_SUGGESTIONS).map(say),
    detailedFeedback: {
      grammar: words.grammar(features),
      structure: words.structure(features),
      content: words.content(features),
      suggestions: suggestions.slice(0, MAX_SUGGESTIONS),
    },
    idealAnswer: null,
    model: LOCAL_MODEL,
    confidence: confidenceOf(features),
  };
}

/** Where the most points were lost; what was taken for a fault stands before all. */
function weakest(points: readonly Point[]): Point[] {
  const lost = points.filter(({ given, of }) => given < of * 0.6 || of === 0);
  const once = new Map<ReasonName, Point>();
  for (const point of lost) if (!once.has(point.reason)) once.set(point.reason, point);
  return [...once.values()].toSorted((a, b) =>
    Number(a.of > 0) - Number(b.of > 0) || (b.of - b.given) - (a.of - a.given)
  );
}

function suggestionsOf(points: readonly Point[]): ReasonName[] {
  return weakest(points).map(({ reason }) => reason);
}

/** A rubric sees words and not thoughts: it is never sure, and less so of short answers. */
function confidenceOf({ length, prose }: Features): number {
  return Math.round((0.3 + 0.3 * length + 0.1 * Math.min(1, prose / 0.4)) * 100) / 100;
}
