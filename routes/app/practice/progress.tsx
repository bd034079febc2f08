import type { ProgressDay, Skill, UserStats } from "../../../lib/interviews/mod.ts";
import { Badge, type Tone } from "../../../lib/ui/Badge.tsx";
import { PageHead } from "../../../lib/ui/Shell.tsx";
import { Stat } from "../../../lib/ui/Stat.tsx";
import type { Ui } from "../../../lib/ui/ui.ts";
import { ChartCard } from "../../pages/chart_card.tsx";
import { AppFrame } from "../frame.tsx";

export interface ProgressView {
  readonly figures: UserStats;
  /** The oldest first. */
  readonly days: readonly ProgressDay[];
  /** By name: a tag of questions, or one of the four criteria. */
  readonly skills: Readonly<Record<string, Skill>>;
}

export interface ProgressPageProps {
  readonly view: ProgressView;
  readonly ui: Ui;
}

/** `/app/practice/progress`: what was practised, and how it went (P-19, P-38). */
export function ProgressPage({ view, ui }: ProgressPageProps) {
  const words = ui.t.practice;
  return (
    <AppFrame ui={ui} current="practice">
      <PageHead
        title={words.progress}
        lead={words.progressLead}
        action={<a class="button" href="/app/practice">{words.back}</a>}
      />
      <div class="stack">
        <Figures view={view} ui={ui} />
        <div class="charts">
          <Days view={view} ui={ui} />
          <Skills view={view} ui={ui} />
        </div>
      </div>
    </AppFrame>
  );
}

function Figures({ view: { figures }, ui }: ProgressPageProps) {
  const { t, format } = ui;
  const words = t.practice;
  const { improvementRate } = figures;
  return (
    <dl class="stats">
      <Stat label={words.completed} value={format.number(figures.sessionsCompleted)} t={t} />
      <Stat label={words.answeredCount} value={format.number(figures.questionsAnswered)} t={t} />
      <Stat label={words.average} value={format.number(figures.averageScore, 1)} t={t} />
      <Stat
        label={words.improvement}
        value={`${improvementRate > 0 ? "+" : ""}${format.number(improvementRate, 1)}`}
        hint={words.improvementHint}
        t={t}
      />
      <Stat label={words.timeSpent} value={format.shortDuration(figures.timeSpent)} t={t} />
    </dl>
  );
}

function Days({ view: { days }, ui }: ProgressPageProps) {
  const { t, format } = ui;
  const words = t.practice;
  const textOf = (score: number | null) =>
    score === null ? t.figures.none : format.number(score, 1);
  return (
    <ChartCard
      id="score-by-day"
      title={words.days}
      hint={words.daysHint}
      spec={{
        kind: "line",
        unit: "count",
        points: days.map(({ date, averageScore }) => ({
          label: format.day(date),
          value: averageScore,
          text: textOf(averageScore),
        })),
      }}
      rows={days}
      keyOf={({ date }) => date}
      columns={[
        { head: words.day, cell: ({ date }) => format.day(date) },
        { head: words.score, cell: (it) => textOf(it.averageScore), isNumber: true },
        { head: words.sessions, cell: (it) => format.number(it.sessions), isNumber: true },
        {
          head: words.answersCount,
          cell: (it) => format.number(it.questionsAnswered),
          isNumber: true,
        },
      ]}
      ui={ui}
    />
  );
}

const TONES: Readonly<Record<Skill["trend"], Tone>> = {
  improving: "good",
  stable: "quiet",
  declining: "warn",
};

function Skills({ view, ui }: ProgressPageProps) {
  const { t, format } = ui;
  const words = t.practice;
  // The weakest first: they are what there is to practise.
  const skills = Object.entries(view.skills)
    .map(([name, skill]) => ({ ...skill, name: skillName(name, ui) }))
    .toSorted((a, b) => a.score - b.score);
  return (
    <ChartCard
      id="skills"
      title={words.skills}
      hint={words.skillsHint}
      spec={{
        kind: "bar",
        unit: "count",
        points: skills.map(({ name, score }) => ({
          label: name,
          value: score,
          text: format.number(score, 1),
        })),
      }}
      rows={skills}
      keyOf={({ name }) => name}
      columns={[
        { head: words.skill, cell: ({ name }) => name },
        { head: words.score, cell: (it) => format.number(it.score, 1), isNumber: true },
        {
          head: words.trend,
          cell: ({ trend }) => <Badge tone={TONES[trend]}>{words.trends[trend]}</Badge>,
        },
        {
          head: words.answersCount,
          cell: (it) => format.number(it.questionsCount),
          isNumber: true,
        },
      ]}
      ui={ui}
    />
  );
}

/** Tags are written by those who write the questions; the four criteria have names of our own. */
function skillName(name: string, { t: { practice } }: Pick<Ui, "t">): string {
  const criteria: Readonly<Record<string, string>> = practice.criteria;
  return Object.hasOwn(criteria, name) ? criteria[name] : name;
}
