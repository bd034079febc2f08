import type { Learning } from "../../lib/people/mod.ts";
import { Card } from "../../lib/ui/Card.tsx";
import { DataTable } from "../../lib/ui/DataTable.tsx";
import { EmptyState } from "../../lib/ui/Notice.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import { Stat } from "../../lib/ui/Stat.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { ChartCard } from "../pages/chart_card.tsx";
import { AppFrame } from "./frame.tsx";

export interface LearningView {
  readonly learning: Learning;
  readonly leaders: readonly LeaderRow[];
}

export interface LeaderRow {
  readonly rank: number;
  /** Null for who did not choose to be shown. */
  readonly name: string | null;
  readonly hours: number;
  readonly streak: number;
}

export interface LearningPageProps {
  readonly view: LearningView;
  readonly ui: Ui;
}

/** `/app/learning`: what a person has learned so far (L-31). */
export function LearningPage({ view: { learning, leaders }, ui }: LearningPageProps) {
  const { t } = ui;
  const words = t.people.learning;
  return (
    <AppFrame ui={ui} current="learning">
      <PageHead title={words.title} lead={words.lead} />
      <div class="stack">
        <Figures learning={learning} ui={ui} />
        <div class="charts">
          <Days learning={learning} ui={ui} />
          <Months learning={learning} ui={ui} />
          <Leaders leaders={leaders} ui={ui} />
        </div>
      </div>
    </AppFrame>
  );
}

interface LearningProps {
  readonly learning: Learning;
  readonly ui: Ui;
}

function Figures({ learning, ui: { t, format } }: LearningProps) {
  const words = t.people.learning;
  const figures = [
    [words.hours, words.hoursOf(format.number(learning.totalLearningHours, 1))],
    [words.streak, format.number(learning.currentStreak)],
    [words.longest, format.number(learning.longestStreak)],
    [words.logs, format.number(learning.logsCreated)],
    [words.goals, format.number(learning.goalsCompleted)],
    [words.skills, format.number(learning.skillsAdded)],
  ] as const;
  return (
    <dl class="stats">
      {figures.map(([label, value]) => <Stat key={label} label={label} value={value} t={t} />)}
    </dl>
  );
}

function Days({ learning: { weeklyData }, ui }: LearningProps) {
  const { t, format } = ui;
  const words = t.people.learning;
  const points = weeklyData.map(({ date, hoursLogged }) => ({
    label: format.day(date),
    value: hoursLogged,
    text: words.hoursOf(format.number(hoursLogged, 1)),
  }));
  return (
    <ChartCard
      id="hours-by-day"
      title={words.days}
      hint={words.daysHint}
      spec={{ kind: "line", unit: "count", points }}
      rows={weeklyData}
      keyOf={({ date }) => date}
      columns={[
        { head: words.day, cell: ({ date }) => format.day(date) },
        { head: words.hoursColumn, cell: (it) => format.number(it.hoursLogged, 1), isNumber: true },
        { head: words.logsColumn, cell: (it) => format.number(it.logsCount), isNumber: true },
      ]}
      ui={ui}
    />
  );
}

function Months({ learning: { monthlyData }, ui }: LearningProps) {
  const { t, format } = ui;
  const words = t.people.learning;
  const points = monthlyData.map(({ month, hoursLogged }) => ({
    label: format.month(month),
    value: hoursLogged,
    text: words.hoursOf(format.number(hoursLogged, 1)),
  }));
  return (
    <ChartCard
      id="hours-by-month"
      title={words.months}
      hint={words.monthsHint}
      spec={{ kind: "bar", unit: "count", points }}
      rows={monthlyData}
      keyOf={({ month }) => month}
      columns={[
        { head: words.month, cell: ({ month }) => format.month(month) },
        { head: words.hoursColumn, cell: (it) => format.number(it.hoursLogged, 1), isNumber: true },
        { head: words.logsColumn, cell: (it) => format.number(it.logsCount), isNumber: true },
      ]}
      ui={ui}
    />
  );
}

function Leaders({ leaders, ui }: { readonly leaders: readonly LeaderRow[]; readonly ui: Ui }) {
  const { t, format } = ui;
  const words = t.people.learning;
  return (
    <Card id="leaders" title={words.leaders} hint={words.leadersHint}>
      {leaders.length === 0 ? <EmptyState icon="chart" title={words.none} /> : (
        <DataTable
          caption={words.leaders}
          scrollLabel={t.table.scroll(words.leaders)}
          rows={leaders}
          keyOf={({ rank }) => String(rank)}
          columns={[
            { head: words.rank, cell: ({ rank }) => format.number(rank) },
            { head: t.people.settings.name, cell: ({ name }) => name ?? words.anonymous },
            { head: words.hoursColumn, cell: (it) => format.number(it.hours, 1), isNumber: true },
            { head: words.streak, cell: (it) => format.number(it.streak), isNumber: true },
          ]}
        />
      )}
    </Card>
  );
}
