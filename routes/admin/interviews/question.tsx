import { CRITERIA, DIFFICULTIES, LANGUAGES, QUESTION_TYPES } from "../../../lib/interviews/mod.ts";
import { JOB_CATEGORIES } from "../../../lib/job_categories.ts";
import { Card } from "../../../lib/ui/Card.tsx";
import { Field, Select, TextArea } from "../../../lib/ui/Field.tsx";
import { Notice } from "../../../lib/ui/Notice.tsx";
import { PageHead } from "../../../lib/ui/Shell.tsx";
import type { Ui } from "../../../lib/ui/ui.ts";
import { ActionForm } from "../../app/frame.tsx";
import { AdminFrame } from "../frame.tsx";
import type { QuestionForm } from "./question_form.ts";

export interface QuestionView {
  /** Null for one that is new. */
  readonly questionId: string | null;
  readonly form: QuestionForm;
  /** Names of the fields that cannot be taken. */
  readonly problems: readonly (keyof QuestionForm)[];
  readonly isSaved: boolean;
}

export interface QuestionPageProps {
  readonly view: QuestionView;
  readonly ui: Ui;
}

/** `/admin/interviews/questions/:questionId`: one question, to be written (P-13, P-38). */
export function QuestionPage({ view, ui }: QuestionPageProps) {
  const words = ui.t.interviews;
  const { questionId, problems } = view;
  const labels = labelsOf(ui);
  const path = `/admin/interviews/questions${questionId === null ? "" : `/${questionId}`}`;
  return (
    <AdminFrame ui={ui} current={null}>
      <PageHead
        title={questionId === null ? words.add : words.edit}
        lead={questionId}
        action={<a class="button" href="/admin/interviews/questions">{words.back}</a>}
      />
      {view.isSaved && <Notice tone="good">{words.saved}</Notice>}
      {problems.length > 0 && (
        <Notice tone="bad">{words.problem(problems.map((it) => labels[it]).join(", "))}</Notice>
      )}
      <div class="stack practice">
        <Card id="question" title={words.text}>
          <ActionForm ui={ui} action={path} class="form">
            <Choices view={view} ui={ui} />
            <Texts view={view} ui={ui} />
            <button class="button button--main" type="submit">{words.save}</button>
          </ActionForm>
        </Card>
        {questionId !== null && view.form.isActive && (
          <ActionForm ui={ui} action={`${path}/retire`}>
            <button class="button" type="submit">{words.retire}</button>
          </ActionForm>
        )}
      </div>
    </AdminFrame>
  );
}

function labelsOf({ t }: Ui): Readonly<Record<keyof QuestionForm, string>> {
  const words = t.interviews;
  const { settings } = t.people;
  return {
    category: t.interviews.category,
    difficulty: settings.difficulty,
    type: words.type,
    language: t.interviews.language,
    question: words.text,
    tags: words.tags,
    expectedKeywords: words.keywords,
    sampleAnswer: words.sampleAnswer,
    understanding: t.practice.criteria.understanding,
    logic: t.practice.criteria.logic,
    specificity: t.practice.criteria.specificity,
    jobFit: t.practice.criteria.jobFit,
    isActive: words.isActive,
  };
}

function Choices({ view: { form }, ui }: QuestionPageProps) {
  const { t } = ui;
  const { settings } = t.people;
  const labels = labelsOf(ui);
  return (
    <div class="field-row">
      <Select
        label={labels.category}
        name="category"
        value={form.category}
        options={JOB_CATEGORIES.map((value) => ({ value, label: settings.categories[value] }))}
      />
      <Select
        label={labels.difficulty}
        name="difficulty"
        value={form.difficulty}
        options={DIFFICULTIES.map((value) => ({ value, label: settings.difficulties[value] }))}
      />
      <Select
        label={labels.type}
        name="type"
        value={form.type}
        options={QUESTION_TYPES.map((value) => ({ value, label: t.practice.types[value] }))}
      />
      <Select
        label={labels.language}
        name="language"
        value={form.language}
        options={LANGUAGES.map((value) => ({ value, label: t.languages[value] }))}
      />
    </div>
  );
}

function Texts({ view: { form, problems }, ui }: QuestionPageProps) {
  const words = ui.t.interviews;
  const labels = labelsOf(ui);
  const lang = form.language;
  const of = (name: keyof QuestionForm) => ({
    label: labels[name],
    name,
    problem: problems.includes(name) ? words.problem(labels[name]) : undefined,
  });
  return (
    <>
      <TextArea {...of("question")} area={{ rows: 3, value: form.question, lang }} />
      <Field {...of("tags")} hint={words.tagsHint} input={{ type: "text", value: form.tags }} />
      <TextArea
        {...of("expectedKeywords")}
        hint={words.keywordsHint}
        area={{ rows: 5, value: form.expectedKeywords, lang }}
      />
      <TextArea
        {...of("sampleAnswer")}
        hint={words.sampleAnswerHint}
        area={{ rows: 8, value: form.sampleAnswer, lang }}
      />
      <fieldset class="choice">
        <legend class="field__label">{words.criteria}</legend>
        <div class="form">
          {CRITERIA.map((criterion) => (
            <TextArea
              key={criterion}
              {...of(criterion)}
              area={{ rows: 2, value: form[criterion], lang }}
            />
          ))}
        </div>
      </fieldset>
      <label class="check">
        <input type="checkbox" name="isActive" value="true" checked={form.isActive} />
        {labels.isActive}
      </label>
    </>
  );
}
