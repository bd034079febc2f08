import { toIso } from "../../../lib/clock.ts";
import { type PracticeDay, type Session, totalScoreOf } from "../../../lib/interviews/mod.ts";
import { Card } from "../../../lib/ui/Card.tsx";
import { type Column, DataTable } from "../../../lib/ui/DataTable.tsx";
import { EmptyState } from "../../../lib/ui/Notice.tsx";
import { PageHead } from "../../../lib/ui/Shell.tsx";
import { NoValue, Stat } from "../../../lib/ui/Stat.tsx";
import type { Ui } from "../../../lib/ui/ui.ts";
import { StateBadge } from "../../app/practice/start.tsx";
import { ChartCard } from "../../pages/chart_card.tsx";
import { AdminFrame } from "../frame.tsx";

export interface InterviewsView {
  /** The oldest first. */
  readonly days: readonly PracticeDay[];
  /** Answers that wait for their analysis. */
  readonly waiting: number;
  /** The newest first. */
  readonly sessions: readonly Session[];
  readonly newerHref: string | null;
  readonly olderHref: string | null;
  readonly mayEdit: boolean;
}

export interface InterviewsPageProps {
  readonly view: InterviewsView;
  readonly ui: Ui;
}

/** `/admin/interviews`: what everybody practises, without answers and names (P-13). */
export function InterviewsPage({ view, ui }: InterviewsPageProps) {
  const words = ui.t.interviews;
  return (
    <AdminFrame ui={ui} current={null}>
      <PageHead
        title={words.title}
        lead={words.lead}
        action={view.mayEdit && (
          <a class="button" href="/admin/interviews/questions">{words.questionsLink}</a>
        )}
      />
      <div class="stack">
        <Figures view={view} ui={ui} />
        <div class="charts">
          <DayChart
            id="interviews-by-day"
            title={words.days}
            hint={words.daysHint}
            valueOf={({ sessionsStarted }) => sessionsStarted}
            view={view}
            ui={ui}
          />
          <DayChart
            id="interview-scores-by-day"
            title={words.scores}
            hint={words.scoresHint}
            valueOf={({ averageScore }) => averageScore}
            view={view}
            ui={ui}
          />
        </div>
        <Latest view={view} ui={ui} />
      </div>
    </AdminFrame>
  );
}

function Figures({ view: { days, waiting }, ui }: InterviewsPageProps) {
  const { t, format } = ui;
  const words = t.interviews;
  const sum = (pick: (day: PracticeDay) => number) =>
    days.reduce((total, day) => total + pick(day), 0);
  const judged = sum(({ answersJudged }) => answersJudged);
  const points = sum((day) => (day.averageScore ?? 0) * day.answersJudged);
  const figures = [
    [words.started, sum(({ sessionsStarted }) => sessionsStarted)],
    [words.completed, sum(({ sessionsCompleted }) => sessionsCompleted)],
    [words.answered, sum(({ questionsAnswered }) => questionsAnswered)],
    [words.average, judged === 0 ? null : points / judged],
    [words.waiting, waiting],
  ] as const;
  return (
    <dl class="stats">
      {figures.map(([label, value]) => (
        <Stat
          key={label}
          label={label}
          value={value === null ? null : format.number(value, 1)}
          t={t}
        />
      ))}
    </dl>
  );
}

function columnsOfDays({ t, format }: Ui): Column<PracticeDay>[] {
  const words = t.interviews;
  return [
    { head: words.day, cell: ({ date }) => format.day(date) },
    { head: words.started, cell: (it) => format.number(it.sessionsStarted), isNumber: true },
    { head: words.completed, cell: (it) => format.number(it.sessionsCompleted), isNumber: true },
    { head: words.judged, cell: (it) => format.number(it.answersJudged), isNumber: true },
    {
      head: words.average,
      cell: ({ averageScore }) =>
        averageScore === null ? <NoValue t={t} /> : format.number(averageScore, 1),
      isNumber: true,
    },
  ];
}

interface DayChartProps extends InterviewsPageProps {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  /** Null for a day without one. */
  readonly valueOf: (day: PracticeDay) => number | null;
}

/** One figure of each day as a line; the table beside it has all of them. */
function DayChart({ id, title, hint, valueOf, view: { days }, ui }: DayChartProps) {
  const { t, format } = ui;
  const points = days.map((day) => {
    const value = valueOf(day);
    return {
      label: format.day(day.date),
      value,
      text: value === null ? t.figures.none : format.number(value, 1),
    };
  });
  return (
    <ChartCard
      id={id}
      title={title}
      hint={hint}
      spec={{ kind: "line", unit: "count", points }}
      rows={days}
      keyOf={({ date }) => date}
      columns={columnsOfDays(ui)}
      ui={ui}
    />
  );
}

function Latest({ view, ui }: InterviewsPageProps) {
  const { t } = ui;
  const words = t.interviews;
  const { sessions, newerHref, olderHref } = view;
  return (
    <Card id="latest" title={words.latest}>
      {sessions.length === 0 ? <EmptyState title={words.none} /> : (
        <DataTable
          caption={words.latest}
          scrollLabel={t.table.scroll(words.latest)}
          columns={columnsOfSessions(ui)}
          rows={sessions}
          keyOf={({ sessionId }) => sessionId}
        />
      )}
      {(newerHref !== null || olderHref !== null) && (
        <nav class="pager" aria-label={t.table.pages}>
          {newerHref && <a class="button" href={newerHref} rel="prev">{words.newer}</a>}
          {olderHref && <a class="button" href={olderHref} rel="next">{words.older}</a>}
        </nav>
      )}
    </Card>
  );
}

function columnsOfSessions(ui: Ui): Column<Session>[] {
  const { t, format } = ui;
  const { settings } = t.people;
  return [
    { head: t.interviews.started, cell: ({ startedAt }) => format.shortDateTime(toIso(startedAt)) },
    { head: t.interviews.category, cell: ({ category }) => settings.categories[category] },
    {
      head: settings.difficulty,
      cell: ({ difficulty }) => settings.difficulties[difficulty],
      isMinor: true,
    },
    {
      head: t.interviews.answered,
      cell: ({ asked }) => format.number(asked.filter((it) => it.answeredAt !== null).length),
      isNumber: true,
    },
    {
      head: t.practice.score,
      cell: (session) => {
        const score = totalScoreOf(session);
        return score === null ? <NoValue t={t} /> : format.number(score);
      },
      isNumber: true,
    },
    { head: t.interviews.state, cell: ({ status }) => <StateBadge status={status} ui={ui} /> },
  ];
}
