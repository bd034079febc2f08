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
  return (
    <div class="charts">
      {listsOf(dashboard, speech).map((list) => <List key={list.id} {...list} speech={speech} />)}
      <Performance dashboard={dashboard} speech={speech} />
    </div>
  );
}

type ListOfBars = Omit<ListProps, "speech">;

function listsOf(dashboard: MetricsDashboard, { t, format, locale }: Speech): ListOfBars[] {
  const countries = new Intl.DisplayNames([locale], { type: "region", fallback: "code" });
  const bar = (name: string, value: number, isQuiet = false): Bar => ({
    name,
    value,
    text: format.number(value),
    isQuiet,
  });
  return [
    {
      id: "top-events",
      title: t.metrics.top,
      bars: dashboard.topEvents.map(({ name, count }) => bar(name, count)),
    },
    {
      id: "event-distribution",
      title: t.metrics.distribution,
      hint: t.metrics.distributionHint,
      bars: dashboard.eventDistribution.map(({ name, value, percentage }) => ({
        ...bar(name === "other" ? t.metrics.other : name, value, name === "other"),
        text: `${format.fixed(percentage, 1)}%`,
      })),
    },
    {
      id: "countries",
      title: t.metrics.geography,
      bars: dashboard.geographicDistribution.map(({ country, count }) =>
        country === "unknown"
          ? bar(t.metrics.unknown, count, true)
          : bar(countries.of(country) ?? country, count)
      ),
    },
    {
      id: "devices",
      title: t.metrics.devices,
      bars: dashboard.deviceTypes.map(({ device, count }) =>
        bar(t.metrics.deviceNames[device] ?? device, count, device === "unknown")
      ),
    },
    {
      id: "referrers",
      title: t.metrics.referrers,
      bars: dashboard.topReferrers.map(({ referrer, count }) =>
        referrer === "direct" ? bar(t.metrics.direct, count, true) : bar(referrer, count)
      ),
    },
  ];
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
