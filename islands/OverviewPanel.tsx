import { useEffect } from "preact/hooks";
import type { MissionFigures, Overview } from "../lib/missions/view.ts";
import { EmptyState } from "../lib/ui/Notice.tsx";
import { OutcomeBar } from "../lib/ui/OutcomeBar.tsx";
import { meanRatingText } from "../lib/ui/rating.ts";
import { shareText } from "../lib/ui/share.ts";
import { Stat, Tick } from "../lib/ui/Stat.tsx";
import { type Place, speak, type Speech } from "../lib/ui/ui.ts";
import { useLiveStore } from "./live_store.ts";

export interface OverviewPanelProps extends Place {
  readonly overview: Overview;
}

/** Figures of the whole exhibition and of each mission today (M-47). */
export function OverviewPanel({ overview: first, ...place }: OverviewPanelProps) {
  const store = useLiveStore();
  useEffect(() => store?.connect(), []);
  const overview = store?.overview.value ?? first;
  const speech = speak(place);
  const { t } = speech;
  return (
    <div class="stack">
      <Figures overview={overview} speech={speech} />
      <section aria-labelledby="missions-today">
        <h2 class="section-title" id="missions-today">{t.dashboard.missions}</h2>
        {overview.missions.length === 0
          ? <EmptyState title={t.dashboard.noMissions} hint={t.dashboard.noMissionsHint} />
          : (
            <div class="missions">
              {overview.missions.map((mission) => (
                <MissionCard key={mission.missionType} mission={mission} speech={speech} />
              ))}
            </div>
          )}
      </section>
    </div>
  );
}

interface FiguresProps {
  readonly overview: Overview;
  readonly speech: Speech;
}

function Figures({ overview, speech: { t, format } }: FiguresProps) {
  const number = (value: number) => format.number(value);
  return (
    <dl class="stats">
      <Stat t={t} label={t.figures.connections} value={number(overview.activeConnections)} />
      <Stat t={t} label={t.figures.inProgress} value={number(overview.inProgress)} />
      <Stat t={t} label={t.figures.completedToday} value={number(overview.completedToday)} />
      <Stat t={t} label={t.figures.quitToday} value={number(overview.quitToday)} />
      <div class="stat">
        <dt class="stat__label">{t.figures.load}</dt>
        <dd class={`stat__value load load--${overview.load}`}>
          <svg class="load__bars" viewBox="0 0 14 12" aria-hidden="true">
            <rect class="load__1" x="0" y="8" width="3.5" height="4" rx="1" />
            <rect class="load__2" x="5" y="4" width="3.5" height="8" rx="1" />
            <rect class="load__3" x="10" y="0" width="3.5" height="12" rx="1" />
          </svg>
          <Tick value={t.figures.loads[overview.load]} />
        </dd>
      </div>
    </dl>
  );
}

interface MissionCardProps {
  readonly mission: MissionFigures;
  readonly speech: Speech;
}

function MissionCard({ mission, speech: { locale, t, format } }: MissionCardProps) {
  const { missionType, completed, quit, expired, inProgress, avgSeconds, avgRating } = mission;
  const ended = completed + quit + expired;
  const id = `mission-${missionType}`;
  return (
    <article class="card mission" aria-labelledby={id}>
      <header class="card__head">
        <h3 class="card__title" id={id}>
          <a href={`/admin/missions/${missionType}`}>{mission.name[locale]}</a>
        </h3>
        <span class="mission__running">
          {t.figures.inProgress} <Tick value={format.number(inProgress)} />
        </span>
      </header>
      <p class="mission__rate">
        <strong>{shareText({ part: completed, of: ended }, { t, format })}</strong>
        {ended === 0 ? t.dashboard.noneEnded : t.dashboard.ofEnded(ended)}
      </p>
      <OutcomeBar {...{ completed, quit, expired, t, format }} label={t.dashboard.outcome} />
      <dl class="mission__figures">
        <Stat
          t={t}
          class="stat--good"
          label={t.figures.completed}
          value={format.number(completed)}
        />
        <Stat
          t={t}
          class="stat--bad"
          label={t.figures.quit}
          value={format.number(quit)}
          hint={expired > 0 && t.analytics.expired(expired)}
        />
        <Stat
          t={t}
          label={t.figures.avgTime}
          value={avgSeconds === null ? null : format.shortDuration(avgSeconds)}
        />
        <Stat
          t={t}
          label={t.figures.avgRating}
          value={meanRatingText(avgRating, format)}
        />
      </dl>
    </article>
  );
}
