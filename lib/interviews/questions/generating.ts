import type { Clock } from "../../clock.ts";
import { type InterviewSettings, limitsOf } from "../../config/interviews.ts";
import { AppError } from "../../errors.ts";
import type { Kv } from "../../kv/port.ts";
import type { OneAtATime } from "../../one_at_a_time.ts";
import { countToday } from "../daily_limits.ts";
import { nextQuestion } from "../next_question.ts";
import { type PracticeStore, skillMeans } from "../practice_store.ts";
import type { GenerateInput, Preferences, Question } from "../schema.ts";
import type { Catalogue } from "./catalogue.ts";
import {
  type QuestionWish,
  type QuestionWriter,
  sameText,
  type WrittenQuestions,
} from "./writer.ts";

export interface GeneratingDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly settings: InterviewSettings;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /** Null where no service is set. */
  readonly writer: QuestionWriter | null;
  readonly practices: PracticeStore;
  readonly catalogue: Catalogue;
  readonly turns: OneAtATime;
  readonly preferencesOf: (userId: string) => Promise<Preferences>;
}

/** Questions for somebody, and where they come from. */
export interface Generated {
  readonly source: "service" | "bank";
  /** Name of who wrote them; null for the bank. */
  readonly model: string | null;
  readonly questions: readonly Question[];
}

export interface GenerateOptions {
  readonly signal: AbortSignal;
  /** Editors are not held to what a person may have written on a day. */
  readonly isEditor: boolean;
}

/** Of the bank, as many are named to the service. */
const MAX_AVOIDED = 40;

/** Questions that were not there before (P-10, P-20, P-21). */
export function createGenerating(deps: GeneratingDeps) {
  return {
    /** Whether a service is set. */
    canWrite: deps.writer !== null,
    /**
     * Has the service write drafts.
     * @throws AppError AI_SERVICE_ERROR when it cannot, RATE_LIMIT when the day's are used up
     */
    async write(userId: string, input: GenerateInput, options: GenerateOptions) {
      const wish = await wishOf(deps, { userId, input });
      const written = await writeFor(deps, { userId, wish, options });
      if (written === null) throw noQuestions();
      return written;
    },
    /**
     * The same, and questions of the bank where the service cannot (T-P08).
     * @throws AppError RATE_LIMIT as above; AI_SERVICE_ERROR when the bank has no other either
     */
    async generate(
      userId: string,
      input: GenerateInput,
      options: GenerateOptions,
    ): Promise<Generated> {
      const wish = await wishOf(deps, { userId, input });
      const written = await writeFor(deps, { userId, wish, options });
      if (written !== null) return written;
      const questions = await choose(deps, { userId, input, wish });
      if (questions.length === 0) throw noQuestions();
      return { source: "bank", model: null, questions };
    },
  };
}

interface Asked {
  readonly userId: string;
  readonly input: GenerateInput;
}

async function wishOf(
  { preferencesOf, catalogue }: GeneratingDeps,
  { userId, input }: Asked,
): Promise<QuestionWish> {
  const preferences = await preferencesOf(userId);
  const category = input.category ?? preferences.jobCategory;
  const language = input.language ?? preferences.language;
  const known = catalogue.list({ category, language, userId }).map(({ question }) => question);
  return {
    category,
    language,
    difficulty: input.difficulty ?? preferences.difficulty,
    customCategory: input.customCategory ?? null,
    type: input.type ?? null,
    userLevel: input.userLevel,
    count: input.count,
    avoid: [...input.previousQuestions, ...known.slice(-MAX_AVOIDED)],
  };
}

interface Writing {
  readonly userId: string;
  readonly wish: QuestionWish;
  readonly options: GenerateOptions;
}

/** Null when the service cannot write now, or none is set. */
async function writeFor(deps: GeneratingDeps, { userId, wish, options }: Writing) {
  if (deps.writer === null) return null;
  const { isEditor } = options;
  await count(deps, { userId, by: wish.count, isEditor });
  const written = await deps.writer.write(wish, options.signal);
  if (written !== null) return await keep(deps, { draftOf: userId, written });
  await count(deps, { userId, by: -wish.count, isEditor });
  return null;
}

interface Count {
  readonly userId: string;
  /** Less than 0 gives back. */
  readonly by: number;
  readonly isEditor: boolean;
}

/** Counts before the service is asked, so that nobody asks twice at once for more. */
function count(deps: GeneratingDeps, { userId, by, isEditor }: Count): Promise<void> {
  const { kv, clock, settings, practices, timeZone } = deps;
  return deps.turns.run(userId, async () => {
    const { writtenPerDay } = limitsOf(settings, await deps.preferencesOf(userId));
    const practice = countToday(await practices.find(userId), "writtenToday", {
      count: by,
      allowed: isEditor ? Infinity : writtenPerDay,
      now: clock.now(),
      timeZone,
    });
    const operation = kv.atomic();
    practices.stage(operation, userId, practice);
    await operation.commit();
  });
}

/** In a turn of its person: their data may have been deleted meanwhile. */
function keep(
  { practices, catalogue, turns }: GeneratingDeps,
  { draftOf, written: { model, questions } }: {
    readonly draftOf: string;
    readonly written: WrittenQuestions;
  },
): Promise<Generated> {
  return turns.run(draftOf, async () => {
    if (!await practices.exists(draftOf)) {
      throw new AppError("NOT_FOUND", "Account is not there any more");
    }
    const drafts = await catalogue.addDrafts(questions, { draftOf, createdBy: model });
    return { source: "service", model, questions: drafts };
  });
}

/** Those of the bank that suit best, and are not to be avoided. */
async function choose(
  { practices, catalogue, random }: GeneratingDeps,
  { userId, input, wish }: Asked & { readonly wish: QuestionWish },
): Promise<Question[]> {
  const avoided = new Set(input.previousQuestions.map(sameText));
  const { category, language, difficulty, type } = wish;
  const questions = catalogue.list({ category, language, userId, ...(type && { type }) })
    .filter(({ question }) => !avoided.has(sameText(question)));
  const practice = await practices.find(userId);
  const { asked: askedBefore } = practice;
  const choice = { questions, askedBefore, difficulty, skills: skillMeans(practice), random };
  const chosen: Question[] = [];
  while (chosen.length < input.count) {
    const next = nextQuestion({ ...choice, askedNow: chosen.map((it) => it.questionId) });
    if (next === null) break;
    chosen.push(next);
  }
  return chosen;
}

function noQuestions(): AppError {
  return new AppError("AI_SERVICE_ERROR", "No question can be generated now");
}
