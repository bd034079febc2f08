import {
  type Question,
  type QuestionInput,
  questionInputSchema,
} from "../../../lib/interviews/mod.ts";

/** A question as its form holds it. */
export interface QuestionForm {
  readonly category: string;
  readonly difficulty: string;
  readonly type: string;
  readonly language: string;
  readonly question: string;
  /** With commas between. */
  readonly tags: string;
  /** A line each. */
  readonly expectedKeywords: string;
  readonly sampleAnswer: string;
  readonly understanding: string;
  readonly logic: string;
  readonly specificity: string;
  readonly jobFit: string;
  readonly isActive: boolean;
}

export const NEW_QUESTION: QuestionForm = {
  category: "other",
  difficulty: "medium",
  type: "behavioral",
  language: "ko",
  question: "",
  tags: "",
  expectedKeywords: "",
  sampleAnswer: "",
  understanding: "",
  logic: "",
  specificity: "",
  jobFit: "",
  isActive: true,
};

export function toForm({ evaluationCriteria, tags, expectedKeywords, ...rest }: Question) {
  return {
    ...rest,
    ...evaluationCriteria,
    tags: tags.join(", "),
    expectedKeywords: expectedKeywords.join("\n"),
  } satisfies QuestionForm;
}

export function readQuestion(field: (name: keyof QuestionForm) => string): QuestionForm {
  return {
    category: field("category"),
    difficulty: field("difficulty"),
    type: field("type"),
    language: field("language"),
    question: field("question"),
    tags: field("tags"),
    expectedKeywords: field("expectedKeywords"),
    sampleAnswer: field("sampleAnswer"),
    understanding: field("understanding"),
    logic: field("logic"),
    specificity: field("specificity"),
    jobFit: field("jobFit"),
    isActive: field("isActive") === "true",
  };
}

/** The question of a form, or the names of the fields that cannot be taken. */
export function parseQuestion(
  form: QuestionForm,
): { readonly input: QuestionInput } | { readonly problems: (keyof QuestionForm)[] } {
  const { understanding, logic, specificity, jobFit, tags, expectedKeywords, ...rest } = form;
  const parsed = questionInputSchema.safeParse({
    ...rest,
    tags: partsOf(tags, ","),
    expectedKeywords: partsOf(expectedKeywords, "\n"),
    evaluationCriteria: { understanding, logic, specificity, jobFit },
  });
  if (parsed.success) return { input: parsed.data };
  const names = parsed.error.issues.map(({ path: [first, second] }) =>
    String(first === "evaluationCriteria" ? second : first)
  );
  const fields = Object.keys(form) as (keyof QuestionForm)[];
  return { problems: fields.filter((field) => names.includes(field)) };
}

function partsOf(text: string, separator: string): string[] {
  return text.split(separator).map((part) => part.trim()).filter((part) => part !== "");
}
