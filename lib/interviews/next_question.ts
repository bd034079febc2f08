import { DIFFICULTIES, type Difficulty, type Question } from "./schema.ts";

/** What the choice of the next question rests on. */
export interface Choice {
  /** Of the session's category and language. */
  readonly questions: readonly Question[];
  /** In this session, in order. */
  readonly askedNow: readonly string[];
  /** Before it: when each was put the last time. */
  readonly askedBefore: Readonly<Record<string, number>>;
  readonly difficulty: Difficulty;
  /** Mean score from 0 to 100 of each skill that is known of the person. */
  readonly skills: ReadonlyMap<string, number>;
  /** From 0 (inclusive) to 1 (exclusive); so that two people do not get the same interview. */
  readonly random: () => number;
}

/** A skill of which nothing is known yet counts as middling. */
const UNKNOWN_SKILL = 60;
/** How much each reason counts; what was never asked comes before everything else. */
const WEIGHTS = { fresh: 100, skill: 40, difficulty: 25, type: 10, draft: 75, chance: 8 } as const;

/**
 * The next question: none that was put in this session, rather one that never was, of skills that
 * are weak and the difficulty that is asked for. Null when there is none left.
 */
export function nextQuestion(choice: Choice): Question | null {
  const asked = new Set(choice.askedNow);
  const left = choice.questions.filter(({ questionId }) => !asked.has(questionId));
  const byId = new Map(choice.questions.map((question) => [question.questionId, question]));
  const last = byId.get(choice.askedNow.at(-1) ?? "");
  let best: { question: Question; worth: number } | null = null;
  for (const question of left) {
    const worth = worthOf(question, last, choice);
    if (best === null || worth > best.worth) best = { question, worth };
  }
  return best?.question ?? null;
}

function worthOf(question: Question, last: Question | undefined, choice: Choice): number {
  const levels = Math.abs(
    DIFFICULTIES.indexOf(question.difficulty) - DIFFICULTIES.indexOf(choice.difficulty),
  );
  return WEIGHTS.fresh * freshness(question, choice.askedBefore) +
    WEIGHTS.skill * (1 - skillOf(question, choice.skills) / 100) +
    WEIGHTS.difficulty * (1 - levels / 2) +
    WEIGHTS.type * (question.type === last?.type ? 0 : 1) +
    // Its person had it written, and so waits for it.
    WEIGHTS.draft * (question.draftOf === null ? 0 : 1) +
    WEIGHTS.chance * choice.random();
}

/** 1 for one that was never put; of the others, the longer ago the more, up to a half. */
function freshness({ questionId }: Question, askedBefore: Choice["askedBefore"]): number {
  if (!Object.hasOwn(askedBefore, questionId)) return 1;
  const later = Object.values(askedBefore).filter((at) => at > askedBefore[questionId]).length;
  return later / Object.keys(askedBefore).length / 2;
}

/** Of the weakest that it asks for. */
function skillOf({ tags }: Question, skills: Choice["skills"]): number {
  return Math.min(...tags.map((tag) => skills.get(tag) ?? UNKNOWN_SKILL));
}
