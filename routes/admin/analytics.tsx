import { Field, FilterBar } from "../../lib/ui/Field.tsx";
import { EmptyState } from "../../lib/ui/Notice.tsx";
import { meanRatingText } from "../../lib/ui/rating.ts";
import { shareText } from "../../lib/ui/share.ts";
import { PageHead } from "../../lib/ui/Shell.tsx";
import { Stat } from "../../lib/ui/Stat.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import {
  AbandonedSteps,
  CompletionOverTime,
  DurationByMission,
  PathUsage,
  RatingDistribution,
} from "./analytics_charts.tsx";
import { AdminFrame } from "./frame.tsx";
import type { AnalyticsView } from "./views/analytics_view.ts";

export interface AnalyticsPageProps {
  readonly view: AnalyticsView;
  readonly ui: Ui;
}

/** `/admin/missions/[type]`, of one mission or of `all` (M-50 to M-54). */
export function AnalyticsPage({ view, ui }: AnalyticsPageProps) {
  const { t, format, locale } = ui;
  return (
    <AdminFrame ui={ui} current="analytics">
      <PageHead
        title={view.mission?.name[locale] ?? t.analytics.title}
        lead={t.analytics.generated(format.dateTime(view.generatedAt))}
      />
      <div class="toolbar">
        <MissionTabs view={view} ui={ui} />
        <PeriodForm view={view} ui={ui} />
      </div>
      {view.totalAttempts === 0
        ? (
          <div class="card">
            <EmptyState
              icon="chart"
              title={t.analytics.empty}
              hint={t.analytics.emptyHint}
            />
          </div>
        )
        : (
          <div class="stack">
            <Figures view={view} ui={ui} />
            <CompletionOverTime view={view} ui={ui} />
            <div class="charts">
              {view.steps.length > 0 && <AbandonedSteps view={view} ui={ui} />}
              {view.paths.length > 0 && <PathUsage view={view} ui={ui} />}
              <RatingDistribution view={view} ui={ui} />
              <DurationByMission view={view} ui={ui} />
            </div>
          </div>
        )}
    </AdminFrame>
  );
}

/** The same period of another mission. */
function MissionTabs(
  { view: { missions, mission, period }, ui: { t, locale } }: AnalyticsPageProps,
) {
  const tabs = [
    { type: "all", name: t.analytics.all },
    ...missions.map(({ missionType, name }) => ({ type: missionType, name: name[locale] })),
  ];
  const current = mission?.missionType ?? "all";
  return (
    <nav class="segments segments--tabs" aria-label={t.analytics.missions}>
      {tabs.map(({ type, name }) => (
        <a
          key={type}
          class="segment"
          href={`/admin/missions/${type}?${new URLSearchParams(Object.entries(period))}`}
          aria-current={type === current ? "page" : undefined}
        >
          {name}
        </a>
      ))}
    </nav>
  );
}

function PeriodForm({ view: { mission, period }, ui: { t } }: AnalyticsPageProps) {
  const { startDate, endDate } = period;
  return (
    <FilterBar
      label={t.export.period}
      action={`/admin/missions/${mission?.missionType ?? "all"}`}
      apply={t.analytics.apply}
    >
      <Field
        label={t.analytics.from}
        name="startDate"
        input={{ type: "date", value: startDate, max: endDate, required: true }}
      />
      <Field
        label={t.analytics.to}
        name="endDate"
        input={{ type: "date", value: endDate, required: true }}
      />
    </FilterBar>
  );
}

function Figures({ view, ui }: AnalyticsPageProps) {
  const { t, format } = ui;
  const { seconds } = view;
  const running = view.totalAttempts - view.completed - view.quit - view.expired;
  const ratings = view.ratings.reduce((sum, count) => sum + count, 0);
  return (
    <dl class="stats">
      <Stat
        t={t}
        label={t.analytics.attempts}
        value={format.number(view.totalAttempts)}
        hint={running > 0 && t.analytics.running(running)}
      />
      <Completion view={view} ui={ui} />
      <Stat
        t={t}
        label={t.figures.quit}
        value={format.number(view.quit)}
        hint={view.expired > 0 && t.analytics.expired(view.expired)}
      />
      <Stat
        t={t}
        label={t.figures.avgTime}
        value={seconds && format.shortDuration(seconds.avg)}
        hint={seconds && t.analytics.medianTime(seconds.median)}
      />
      <Stat
        t={t}
        label={t.figures.avgRating}
        value={meanRatingText(view.avgRating, format)}
        hint={ratings > 0 && t.analytics.ratings(ratings)}
      />
    </dl>
  );
}

/** The rate with what is known of it: how many it is of, and its interval. */
function Completion({ view, ui }: AnalyticsPageProps) {
  const { t } = ui;
  const { completion, completed } = view;
  const ended = completed + view.quit + view.expired;
  const hint = completion &&
    t.analytics.interval(completion.low, completion.high);
  return (
    <Stat
      t={t}
      label={t.figures.completionRate}
      value={completion && shareText({ part: completed, of: ended }, ui)}
      hint={hint}
    />
  );
}
