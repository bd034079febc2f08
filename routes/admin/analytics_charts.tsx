import type { MissionLabel } from "../../lib/missions/view.ts";
import { Badge } from "../../lib/ui/Badge.tsx";
import type { ChartPoint } from "../../lib/ui/chart.ts";
import { ratingText } from "../../lib/ui/rating.ts";
import { isTooFewForPercent, shareText } from "../../lib/ui/share.ts";
import { NoValue } from "../../lib/ui/Stat.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { ChartCard } from "../pages/chart_card.tsx";
import type { AnalyticsView, DayPoint, PathFigures, StepFigures } from "./views/analytics_view.ts";

export interface AnalyticsChartProps {
  readonly view: AnalyticsView;
  readonly ui: Ui;
}

/** M-50 */
export function CompletionOverTime({ view: { overTime }, ui }: AnalyticsChartProps) {
  const { t, format } = ui;
  const rateOf = ({ completed, ended }: DayPoint) => shareText({ part: completed, of: ended }, ui);
  const points = overTime.map((it): ChartPoint => ({
    label: format.day(it.day),
    value: it.ended === 0 ? null : it.completed / it.ended,
    text: it.ended === 0 ? t.figures.none : rateOf(it),
    isWeak: isTooFewForPercent(it.ended),
  }));
  return (
    <ChartCard
      id="completion-over-time"
      title={t.analytics.overTime}
      hint={t.analytics.overTimeHint}
      spec={{ kind: "line", unit: "percent", points }}
      rows={overTime}
      keyOf={({ day }) => day}
      columns={[
        { head: t.analytics.day, cell: ({ day }) => format.day(day) },
        { head: t.figures.completed, cell: (it) => format.number(it.completed), isNumber: true },
        { head: t.analytics.ended, cell: (it) => format.number(it.ended), isNumber: true },
        {
          head: t.analytics.rate,
          cell: (it) => it.ended === 0 ? <NoValue t={t} /> : rateOf(it),
          isNumber: true,
        },
      ]}
      ui={ui}
    />
  );
}

/** M-51 */
export function DurationByMission({ view: { durations, mission }, ui }: AnalyticsChartProps) {
  const { t, format, locale } = ui;
  type Duration = AnalyticsView["durations"][number];
  const text = ({ avgSeconds }: Duration) =>
    avgSeconds === null ? t.figures.none : format.shortDuration(avgSeconds);
  const isThis = (it: MissionLabel) => it.missionType === mission?.missionType;
  const points = durations.map((it): ChartPoint => ({
    label: it.name[locale],
    value: it.avgSeconds,
    text: text(it),
    tone: mission === null || isThis(it) ? undefined : "quiet",
  }));
  return (
    <ChartCard
      id="duration-by-mission"
      title={t.analytics.durations}
      hint={t.analytics.durationsHint}
      spec={{ kind: "bar", unit: "seconds", points }}
      rows={durations}
      keyOf={({ missionType }) => missionType}
      columns={[
        { head: t.analytics.mission, cell: ({ name }) => name[locale] },
        { head: t.analytics.average, cell: text, isNumber: true },
        { head: t.figures.completed, cell: ({ count }) => format.number(count), isNumber: true },
      ]}
      ui={ui}
    />
  );
}

/** M-52: a bar, as five parts of a pie are hard to compare. */
export function RatingDistribution({ view: { ratings }, ui }: AnalyticsChartProps) {
  const { t, format } = ui;
  const all = ratings.reduce((sum, count) => sum + count, 0);
  const rows = ratings.map((count, index) => ({ rating: index + 1, count })).reverse();
  const share = (count: number) => all === 0 ? t.figures.none : format.percent(count / all);
  const points = rows.map(({ rating, count }): ChartPoint => ({
    label: ratingText(rating, t),
    value: count,
    text: isTooFewForPercent(all)
      ? format.number(count)
      : t.analytics.countShare(count, share(count)),
  }));
  return (
    <ChartCard
      id="rating-distribution"
      title={t.analytics.distribution}
      hint={t.analytics.distributionHint}
      spec={{ kind: "bar", unit: "count", points }}
      rows={rows}
      keyOf={({ rating }) => String(rating)}
      columns={[
        { head: t.analytics.rating, cell: ({ rating }) => ratingText(rating, t) },
        { head: t.analytics.count, cell: ({ count }) => format.number(count), isNumber: true },
        { head: t.analytics.share, cell: ({ count }) => share(count), isNumber: true },
      ]}
      ui={ui}
    />
  );
}

/** M-53, T-M23: a loss is charged to the step that was not finished. */
export function AbandonedSteps({ view: { steps, mostAbandoned }, ui }: AnalyticsChartProps) {
  const { t, format, locale } = ui;
  const nameOf = ({ step, title }: StepFigures) => t.analytics.stepName(step, title[locale]);
  const isMost = ({ step }: StepFigures) => step === mostAbandoned;
  const points = steps.map((it): ChartPoint => ({
    label: nameOf(it),
    value: it.drop,
    text: isMost(it) ? `${format.number(it.drop)} · ${t.analytics.most}` : format.number(it.drop),
    tone: isMost(it) ? "marked" : undefined,
  }));
  return (
    <ChartCard
      id="most-abandoned-steps"
      title={t.analytics.abandoned}
      hint={t.analytics.abandonedHint}
      spec={{ kind: "bar", unit: "count", points }}
      rows={steps}
      keyOf={({ step }) => String(step)}
      columns={[
        {
          head: t.analytics.step,
          cell: (it) => (
            <>
              {nameOf(it)} {isMost(it) && <Badge tone="warn">{t.analytics.most}</Badge>}
            </>
          ),
        },
        { head: t.analytics.finished, cell: (it) => format.number(it.completions), isNumber: true },
        { head: t.analytics.lost, cell: (it) => format.number(it.drop), isNumber: true },
      ]}
      ui={ui}
    />
  );
}

/** M-54: a bar for the same reason as the ratings. */
export function PathUsage({ view: { paths }, ui }: AnalyticsChartProps) {
  const { t, format, locale } = ui;
  const all = paths.reduce((sum, { count }) => sum + count, 0);
  const fastest = fastestOf(paths);
  const share = ({ count }: PathFigures) =>
    all === 0 ? t.figures.none : shareText({ part: count, of: all }, ui);
  const points = paths.map((it): ChartPoint => ({
    label: it.title[locale],
    value: it.count,
    text: t.analytics.countShare(it.count, share(it)),
  }));
  return (
    <ChartCard
      id="path-usage"
      title={t.analytics.paths}
      hint={t.analytics.pathsHint}
      spec={{ kind: "bar", unit: "count", points }}
      rows={paths}
      keyOf={({ path }) => path}
      columns={[
        {
          head: t.analytics.path,
          cell: (it) => (
            <>
              {it.title[locale]}{" "}
              {it === fastest && <Badge tone="good">{t.analytics.fastest}</Badge>}
            </>
          ),
        },
        { head: t.analytics.uses, cell: (it) => format.number(it.count), isNumber: true },
        { head: t.analytics.share, cell: share, isNumber: true },
        {
          head: t.analytics.average,
          cell: ({ avgSeconds }) =>
            avgSeconds === null ? <NoValue t={t} /> : format.shortDuration(avgSeconds),
          isNumber: true,
        },
      ]}
      ui={ui}
    />
  );
}

function fastestOf(paths: readonly PathFigures[]): PathFigures | null {
  let fastest: PathFigures | null = null;
  for (const path of paths) {
    if (path.avgSeconds === null) continue;
    if (path.avgSeconds < (fastest?.avgSeconds ?? Infinity)) fastest = path;
  }
  return fastest;
}
