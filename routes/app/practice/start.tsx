import { toIso } from "../../../lib/clock.ts";
import {
  DIFFICULTIES,
  LANGUAGES,
  type Session,
  totalScoreOf,
  USER_LEVELS,
} from "../../../lib/interviews/mod.ts";
import { JOB_CATEGORIES } from "../../../lib/job_categories.ts";
import { Badge, type Tone } from "../../../lib/ui/Badge.tsx";
import { Card } from "../../../lib/ui/Card.tsx";
import { type Column, DataTable, Pager } from "../../../lib/ui/DataTable.tsx";
import { Field, Select } from "../../../lib/ui/Field.tsx";
import { EmptyState, Notice } from "../../../lib/ui/Notice.tsx";
import { PageHead } from "../../../lib/ui/Shell.tsx";
import { NoValue } from "../../../lib/ui/Stat.tsx";
import type { Ui } from "../../../lib/ui/ui.ts";
import { ActionForm, AppFrame } from "../frame.tsx";

/** What the form shows; what was typed stays where it was refused. */
export interface StartForm {
  readonly category: string;
  readonly customCategory: string;
  readonly difficulty: string;
  readonly language: string;
  readonly userLevel: string;
  readonly maxQuestions: number;
}

export interface StartView {
  readonly form: StartForm;
  /** Numbers of questions to choose from. */
  readonly counts: readonly number[];
  readonly problem: "custom" | { readonly waitSec: number } | null;
  /** The newest first. */
  readonly sessions: readonly Session[];
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
}

export interface StartPageProps {
  readonly view: StartView;
  readonly ui: Ui;
}

/** `/app/practice`: begin an interview, go on with one, see those before (P-38). */
export function StartPage({ view, ui }: StartPageProps) {
  const { t, format } = ui;
  const words = t.practice;
  const running = view.sessions.find(({ status }) => status === "active");
  return (
    <AppFrame ui={ui} current="practice">
      <PageHead
        title={words.title}
        lead={words.lead}
        action={<a class="button" href="/app/practice/progress">{words.progressLink}</a>}
      />
      {view.problem === "custom" && <Notice tone="bad">{words.problems.custom}</Notice>}
      {view.problem !== null && view.problem !== "custom" && (
        <Notice tone="bad">
          {words.problems.tooMany(format.shortDuration(view.problem.waitSec))}
        </Notice>
      )}
      {running && (
        <Notice tone="warn">
          {words.running} <a href={`/app/practice/${running.sessionId}`}>{words.goOn}</a>
        </Notice>
      )}
      <div class="stack practice">
        <Card id="start" title={words.start}>
          <ActionForm ui={ui} action="/app/practice" class="form">
            <StartFields view={view} ui={ui} />
            <button class="button button--main" type="submit">{words.begin}</button>
          </ActionForm>
        </Card>
        <HistoryCard view={view} ui={ui} />
      </div>
    </AppFrame>
  );
}

function StartFields({ view: { form, counts }, ui }: StartPageProps) {
  const { t, format } = ui;
  const { settings } = t.people;
  const words = t.practice;
  return (
    <>
      <Select
        label={settings.category}
        name="category"
        value={form.category}
        options={JOB_CATEGORIES.map((value) => ({ value, label: settings.categories[value] }))}
      />
      <Field
        label={words.customCategory}
        name="customCategory"
        hint={words.customCategoryHint}
        input={{ type: "text", value: form.customCategory, maxLength: 100 }}
      />
      <div class="field-row">
        <Select
          label={settings.difficulty}
          name="difficulty"
          value={form.difficulty}
          options={DIFFICULTIES.map((value) => ({ value, label: settings.difficulties[value] }))}
        />
        <Select
          label={words.level}
          name="userLevel"
          value={form.userLevel}
          options={USER_LEVELS.map((value) => ({ value, label: words.levels[value] }))}
        />
        <Select
          label={settings.language}
          name="language"
          value={form.language}
          options={LANGUAGES.map((value) => ({ value, label: t.languages[value] }))}
        />
        <Select
          label={words.count}
          name="maxQuestions"
          value={String(form.maxQuestions)}
          options={counts.map((count) => ({ value: String(count), label: format.number(count) }))}
        />
      </div>
    </>
  );
}

function HistoryCard({ view, ui }: StartPageProps) {
  const { t } = ui;
  const words = t.practice;
  const { sessions, total, limit, offset } = view;
  return (
    <Card id="history" title={words.history}>
      {sessions.length === 0
        ? <EmptyState title={words.historyNone} hint={words.historyHint} />
        : (
          <DataTable
            caption={words.history}
            scrollLabel={t.table.scroll(words.history)}
            columns={columnsOf(ui)}
            rows={sessions}
            keyOf={({ sessionId }) => sessionId}
          />
        )}
      {total > limit && (
        <Pager
          {...{ total, limit, offset, ui }}
          href={(skip) => `/app/practice?skip=${skip}#history`}
        />
      )}
    </Card>
  );
}

/** Name of what an interview was for. */
export function categoryOf(
  { category, customCategory }: Pick<Session, "category" | "customCategory">,
  { t }: Pick<Ui, "t">,
): string {
  return customCategory ?? t.people.settings.categories[category];
}

function columnsOf(ui: Ui): Column<Session>[] {
  const { t, format } = ui;
  const words = t.practice;
  return [
    {
      head: words.interview,
      cell: (session) => (
        <a class="cut" href={hrefOf(session)}>
          {categoryOf(session, ui)}
        </a>
      ),
    },
    { head: words.started, cell: ({ startedAt }) => format.shortDateTime(toIso(startedAt)) },
    {
      head: words.score,
      cell: (session) => {
        const score = totalScoreOf(session);
        return score === null ? <NoValue t={t} /> : format.number(score);
      },
      isNumber: true,
    },
    { head: words.status, cell: ({ status }) => <StateBadge status={status} ui={ui} /> },
    {
      head: words.questions,
      cell: ({ asked }) => format.number(asked.length),
      isNumber: true,
      isMinor: true,
    },
  ];
}

/** Of a completed one the report is what one looks for. */
function hrefOf({ sessionId, status }: Session): string {
  return `/app/practice/${sessionId}${status === "completed" ? "/report" : ""}`;
}

const TONES: Readonly<Record<Session["status"], Tone>> = {
  active: "active",
  completed: "good",
  abandoned: "quiet",
};

export function StateBadge(
  { status, ui: { t } }: { readonly status: Session["status"]; readonly ui: Ui },
) {
  return <Badge tone={TONES[status]}>{t.practice.statuses[status]}</Badge>;
}
