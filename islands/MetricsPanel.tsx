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

interface Figure {
  readonly label: string;
  /** Null where there is nothing to count. */
  readonly value: string | null;
  readonly change: Omit<ChangeMarkProps, "speech">;
  /** Said below the change; null for nothing. */
  readonly more: string | null;
}

function Figures({ dashboard, speech }: FiguresProps) {
  return (
    <dl class="stats">
      {figuresOf(dashboard, speech).map(({ label, value, change, more }) => (
        <Stat
          key={label}
          t={speech.t}
          label={label}
          value={value}
          hint={
            <>
              <ChangeMark {...change} speech={speech} />
              {more !== null && <span class="stat__more">{more}</span>}
            </>
          }
        />
      ))}
    </dl>
  );
}

function figuresOf(dashboard: MetricsDashboard, speech: Speech): readonly Figure[] {
  const { t, format } = speech;
  const { changeBasis, conversion, activeKiosks, window } = dashboard;
  const than = window.name === "today" ? t.metrics.thanYesterday : t.metrics.thanBefore;
  const counted = (
    name: "totalEvents" | "activeUsers" | "eventsPerHour",
    { label, than, more = null }: Pick<Figure, "label"> & { than: string; more?: string | null },
  ): Figure => {
    const [value, change, basis] = [dashboard[name], dashboard[`${name}Change`], changeBasis[name]];
    return {
      label,
      value: format.number(value),
      change: { change, basis, unit: "percent", value, than },
      more,
    };
  };
  const kiosks = activeKiosks > 0 ? t.metrics.kiosks(format.number(activeKiosks)) : null;
  return [
    counted("totalEvents", { label: t.metrics.totalEvents, than }),
    counted("activeUsers", {
      label: t.metrics.activeUsers,
      than: t.metrics.than5Minutes,
      more: kiosks,
    }),
    counted("eventsPerHour", { label: t.metrics.eventsPerHour, than: t.metrics.thanHour }),
    {
      label: t.metrics.conversionRate,
      value: conversion.total === 0 ? null : `${format.fixed(dashboard.conversionRate, 1)}%`,
      change: {
        change: dashboard.conversionRateChange,
        basis: changeBasis.conversionRate,
        unit: "points",
        value: conversion.total,
        than,
      },
      more: conversion.total > 0 ? conversionText(conversion, speech) : null,
    },
  ];
}

function conversionText(
  { of, converted, total }: MetricsDashboard["conversion"],
  { t, format }: Speech,
): string {
  const [part, whole] = [format.number(converted), format.number(total)];
  return of === "events" ? t.metrics.eventsOf(part, whole) : t.metrics.attemptsOf(part, whole);
}
