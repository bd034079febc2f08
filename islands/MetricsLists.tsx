import type { MetricsDashboard } from "../lib/metrics/view.ts";
import { type Bar, BarList } from "../lib/ui/BarList.tsx";
import { Card } from "../lib/ui/Card.tsx";
import { EmptyState } from "../lib/ui/Notice.tsx";
import { Stat } from "../lib/ui/Stat.tsx";
import type { Speech } from "../lib/ui/ui.ts";

export interface MetricsListsProps {
  readonly dashboard: MetricsDashboard;
  readonly speech: Speech;
}

/** What the events are, where they come from, and how the server does (E-12 to E-17, E-20). */
export function MetricsLists({ dashboard, speech }: MetricsListsProps) {
  const { t, format, locale } = speech;
  const count = (value: number) => format.number(value);
  const countries = new Intl.DisplayNames([locale], { type: "region", fallback: "code" });
  return (
    <div class="charts">
      <List
        id="top-events"
        title={t.metrics.top}
        bars={dashboard.topEvents.map((it) => ({
          name: it.name,
          value: it.count,
          text: count(it.count),
        }))}
        speech={speech}
      />
      <List
        id="event-distribution"
        title={t.metrics.distribution}
        hint={t.metrics.distributionHint}
        bars={dashboard.eventDistribution.map((it) => ({
          name: it.name === "other" ? t.metrics.other : it.name,
          value: it.value,
          text: `${format.fixed(it.percentage, 1)}%`,
          isQuiet: it.name === "other",
        }))}
        speech={speech}
      />
      <List
        id="countries"
        title={t.metrics.geography}
        bars={dashboard.geographicDistribution.map((it) => ({
          name: it.country === "unknown"
            ? t.metrics.unknown
            : countries.of(it.country) ?? it.country,
          value: it.count,
          text: count(it.count),
          isQuiet: it.country === "unknown",
        }))}
        speech={speech}
      />
      <List
        id="devices"
        title={t.metrics.devices}
        bars={dashboard.deviceTypes.map((it) => ({
          name: t.metrics.deviceNames[it.device] ?? it.device,
          value: it.count,
          text: count(it.count),
          isQuiet: it.device === "unknown",
        }))}
        speech={speech}
      />
      <List
        id="referrers"
        title={t.metrics.referrers}
        bars={dashboard.topReferrers.map((it) => ({
          name: it.referrer === "direct" ? t.metrics.direct : it.referrer,
          value: it.count,
          text: count(it.count),
          isQuiet: it.referrer === "direct",
        }))}
        speech={speech}
      />
      <Performance dashboard={dashboard} speech={speech} />
    </div>
  );
}

interface ListProps {
  readonly id: string;
  readonly title: string;
  readonly hint?: string;
  readonly bars: readonly Bar[];
  readonly speech: Speech;
}

function List({ id, title, hint, bars, speech: { t } }: ListProps) {
  return (
    <Card id={id} title={title} hint={hint}>
      {bars.length === 0
        ? <EmptyState icon="chart" title={t.metrics.nothing} />
        : <BarList label={title} bars={bars} />}
    </Card>
  );
}

function Performance({ dashboard, speech: { t, format } }: MetricsListsProps) {
  const { performanceMetrics, windows, measured } = dashboard;
  const { avgResponseTime, processingRate, errorRate, uptime } = performanceMetrics;
  const percent = (value: number, digits = 1) => `${format.fixed(value, digits)}%`;
  const isIdle = measured.requests === 0;
  return (
    <Card
      id="performance"
      title={t.metrics.performance}
      hint={t.metrics.performanceHint(format.shortDateTime(windows.performance.from))}
    >
      <dl class="measured">
        <Stat
          t={t}
          label={t.metrics.responseTime}
          value={isIdle ? null : t.metrics.milliseconds(format.fixed(avgResponseTime, 1))}
        />
        <Stat
          t={t}
          label={t.metrics.processed}
          value={measured.receivedEvents === 0 ? null : percent(processingRate)}
        />
        <Stat
          t={t}
          label={t.metrics.errors}
          value={isIdle ? null : percent(errorRate)}
        />
        <Stat
          t={t}
          label={t.metrics.uptime}
          value={percent(uptime, 2)}
          hint={t.metrics.uptimeHint(format.shortDateTime(windows.uptime.from))}
        />
      </dl>
    </Card>
  );
}
