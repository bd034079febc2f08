import { useEffect } from "preact/hooks";
import type { MetricsDashboard } from "../lib/metrics/view.ts";
import { ChangeMark, type ChangeMarkProps } from "../lib/ui/ChangeMark.tsx";
import { Stat } from "../lib/ui/Stat.tsx";
import { type Place, speak, type Speech } from "../lib/ui/ui.ts";
import { useLiveStore } from "./live_store.ts";
import { MetricsEvents } from "./MetricsEvents.tsx";
import { MetricsLists } from "./MetricsLists.tsx";
import { MetricsVolume } from "./MetricsVolume.tsx";

export interface MetricsPanelProps extends Place {
  readonly dashboard: MetricsDashboard;
}

/** Everything of `/admin/metrics` that changes while one looks at it (E-20). */
export function MetricsPanel({ dashboard: first, ...place }: MetricsPanelProps) {
  const store = useLiveStore();
  useEffect(() => store?.showMetrics(first), []);
  const dashboard = store?.metrics.value ?? first;
  const speech = speak(place);
  return (
    <div class="stack">
      <Figures dashboard={dashboard} speech={speech} />
      <MetricsVolume points={dashboard.eventVolumeData} speech={speech} />
      <MetricsLists dashboard={dashboard} speech={speech} />
      <MetricsEvents
        events={dashboard.liveEvents}
        asOf={dashboard.generatedAt}
        speech={speech}
      />
    </div>
  );
}

interface FiguresProps {
  readonly dashboard: MetricsDashboard;
  readonly speech: Speech;
}

function Figures({ dashboard, speech }: FiguresProps) {
  const { t, format } = speech;
  const { changeBasis, conversion, activeKiosks, window } = dashboard;
  const than = window.name === "today" ? t.metrics.thanYesterday : t.metrics.thanBefore;
  const mark = (props: Omit<ChangeMarkProps, "speech">) => (
    <ChangeMark
      {...props}
      speech={speech}
    />
  );
  return (
    <dl class="stats">
      <Stat
        t={t}
        label={t.metrics.totalEvents}
        value={format.number(dashboard.totalEvents)}
        hint={mark({
          change: dashboard.totalEventsChange,
          basis: changeBasis.totalEvents,
          unit: "percent",
          value: dashboard.totalEvents,
          than,
        })}
      />
      <Stat
        t={t}
        label={t.metrics.activeUsers}
        value={format.number(dashboard.activeUsers)}
        hint={
          <>
            {mark({
              change: dashboard.activeUsersChange,
              basis: changeBasis.activeUsers,
              unit: "percent",
              value: dashboard.activeUsers,
              than: t.metrics.than5Minutes,
            })}
            {activeKiosks > 0 && (
              <span class="stat__more">{t.metrics.kiosks(format.number(activeKiosks))}</span>
            )}
          </>
        }
      />
      <Stat
        t={t}
        label={t.metrics.eventsPerHour}
        value={format.number(dashboard.eventsPerHour)}
        hint={mark({
          change: dashboard.eventsPerHourChange,
          basis: changeBasis.eventsPerHour,
          unit: "percent",
          value: dashboard.eventsPerHour,
          than: t.metrics.thanHour,
        })}
      />
      <Stat
        t={t}
        label={t.metrics.conversionRate}
        value={conversion.total === 0 ? null : `${format.fixed(dashboard.conversionRate, 1)}%`}
        hint={
          <>
            {mark({
              change: dashboard.conversionRateChange,
              basis: changeBasis.conversionRate,
              unit: "points",
              value: conversion.total,
              than,
            })}
            {conversion.total > 0 && (
              <span class="stat__more">{conversionText(conversion, speech)}</span>
            )}
          </>
        }
      />
    </dl>
  );
}

function conversionText(
  { of, converted, total }: MetricsDashboard["conversion"],
  { t, format }: Speech,
): string {
  const [part, whole] = [format.number(converted), format.number(total)];
  return of === "events" ? t.metrics.eventsOf(part, whole) : t.metrics.attemptsOf(part, whole);
}
