import {
  type Difficulty,
  LANGUAGES,
  type Question,
  type QuestionUse,
} from "../../../lib/interviews/mod.ts";
import { JOB_CATEGORIES, type JobCategory } from "../../../lib/job_categories.ts";
import { Badge } from "../../../lib/ui/Badge.tsx";
import { Card } from "../../../lib/ui/Card.tsx";
import { type Column, DataTable, Pager } from "../../../lib/ui/DataTable.tsx";
import { FilterBar, Select } from "../../../lib/ui/Field.tsx";
import { Icon } from "../../../lib/ui/Icon.tsx";
import { EmptyState, Notice } from "../../../lib/ui/Notice.tsx";
import { PageHead } from "../../../lib/ui/Shell.tsx";
import type { Ui } from "../../../lib/ui/ui.ts";
import { AdminFrame } from "../frame.tsx";

export type FileProblem = "noFile" | "notQuestions" | "unknownId" | "tooMany";

/** What was done. */
export const NEWS = ["imported", "generated"] as const;

export const QUESTION_STATES = ["inUse", "draft", "retired"] as const;
export type QuestionState = (typeof QUESTION_STATES)[number];

export function stateOf({ draftOf, isActive }: Question): QuestionState {
  if (!isActive) return "retired";
  return draftOf === null ? "inUse" : "draft";
}

const TONES = { inUse: "good", draft: "warn", retired: "quiet" } as const;

export interface QuestionFilterView {
  readonly category: JobCategory | null;
  readonly language: Question["language"] | null;
  readonly state: QuestionState | null;
}

export interface QuestionsView {
  readonly filter: QuestionFilterView;
  readonly questions: readonly { readonly question: Question; readonly use: QuestionUse }[];
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
  readonly news: (typeof NEWS)[number] | null;
  /** Whether a service can write questions. */
  readonly canWrite: boolean;
  readonly problem: FileProblem | null;
}

export interface QuestionsPageProps {
  readonly view: QuestionsView;
  readonly ui: Ui;
}

/** `/admin/interviews/questions`: the bank, and its files (P-13, P-38). */
export function QuestionsPage({ view, ui }: QuestionsPageProps) {
  const { t } = ui;
  const words = t.interviews;
  return (
    <AdminFrame ui={ui} current={null}>
      <PageHead
        title={words.questions}
        lead={words.questionsLead}
        action={
          <div class="practice__deeds">
            <a class="button button--main" href="/admin/interviews/questions/new">{words.add}</a>
            {view.canWrite && (
              <a class="button" href="/admin/interviews/questions/generate">{words.generate}</a>
            )}
            <a class="button" href="/admin/interviews">{words.backToInterviews}</a>
          </div>
        }
      />
      {view.news && <Notice tone="good">{words[view.news]}</Notice>}
      {view.problem && <Notice tone="bad">{words.fileProblems[view.problem]}</Notice>}
      <div class="stack">
        <Filter view={view} ui={ui} />
        <div class="card card--flush">
          {view.questions.length === 0 ? <EmptyState title={words.empty} /> : (
            <DataTable
              caption={words.questions}
              scrollLabel={t.table.scroll(words.questions)}
              columns={columnsOf(ui)}
              rows={view.questions}
              keyOf={({ question }) => question.questionId}
            />
          )}
          {view.total > view.limit && (
            <Pager
              {...view}
              href={(offset) => hrefOf(view.filter, offset)}
              ui={ui}
            />
          )}
        </div>
        <Files ui={ui} />
      </div>
    </AdminFrame>
  );
}

function hrefOf({ category, language, state }: QuestionFilterView, offset: number): string {
  const query = new URLSearchParams({ skip: String(offset) });
  if (category !== null) query.set("category", category);
  if (language !== null) query.set("language", language);
  if (state !== null) query.set("state", state);
  return `/admin/interviews/questions?${query}`;
}

function Filter({ view: { filter }, ui: { t } }: QuestionsPageProps) {
  const words = t.interviews;
  const { settings } = t.people;
  const all = { value: "", label: words.all };
  return (
    <FilterBar label={words.filter} action="/admin/interviews/questions" apply={words.apply}>
      <Select
        label={t.interviews.category}
        name="category"
        value={filter.category ?? ""}
        options={[
          all,
          ...JOB_CATEGORIES.map((value) => ({ value, label: settings.categories[value] })),
        ]}
      />
      <Select
        label={t.interviews.language}
        name="language"
        value={filter.language ?? ""}
        options={[all, ...LANGUAGES.map((value) => ({ value, label: t.languages[value] }))]}
      />
      <Select
        label={words.state}
        name="state"
        value={filter.state ?? ""}
        options={[all, ...QUESTION_STATES.map((value) => ({ value, label: words[value] }))]}
      />
    </FilterBar>
  );
}

type Row = QuestionsView["questions"][number];

function columnsOf({ t, format }: Ui): Column<Row>[] {
  const words = t.interviews;
  const { settings } = t.people;
  const difficulties: Readonly<Record<Difficulty, string>> = settings.difficulties;
  return [
    {
      head: words.text,
      cell: ({ question: { questionId, question, language } }) => (
        <a class="practice__cut" href={`/admin/interviews/questions/${questionId}`} lang={language}>
          {question}
        </a>
      ),
    },
    { head: t.interviews.category, cell: ({ question }) => settings.categories[question.category] },
    { head: settings.difficulty, cell: ({ question }) => difficulties[question.difficulty] },
    { head: words.type, cell: ({ question }) => t.practice.types[question.type], isMinor: true },
    { head: words.asked, cell: ({ use }) => format.number(use.usageCount), isNumber: true },
    {
      head: words.average,
      // What nobody was asked has no average.
      cell: ({ use }) => use.usageCount === 0 ? t.figures.none : format.number(use.averageScore, 1),
      isNumber: true,
      isMinor: true,
    },
    {
      head: words.state,
      cell: ({ question }) => (
        <Badge tone={TONES[stateOf(question)]}>{words[stateOf(question)]}</Badge>
      ),
    },
  ];
}

function Files({ ui }: { readonly ui: Ui }) {
  const words = ui.t.interviews;
  return (
    <Card id="files" title={words.files} hint={words.filesHint}>
      <div class="stack">
        <a class="link" href="/admin/interviews/questions/export" download>
          <Icon name="download" />
          {words.download}
        </a>
        <form
          class="form"
          method="post"
          action="/admin/interviews/questions/import"
          encType="multipart/form-data"
        >
          <input type="hidden" name="_csrf" value={ui.csrf} />
          <div class="field">
            <label class="field__label" for="questions-file">{words.choose}</label>
            <input
              class="input input--file"
              id="questions-file"
              type="file"
              name="file"
              accept="application/json"
              required
            />
          </div>
          <button class="button" type="submit">{words.upload}</button>
        </form>
      </div>
    </Card>
  );
}
