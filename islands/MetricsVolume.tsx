import type { TimePoint } from "../lib/metrics/view.ts";
import { Card } from "../lib/ui/Card.tsx";
import { DataTable } from "../lib/ui/DataTable.tsx";
import type { Speech } from "../lib/ui/ui.ts";
import { ChartPanel } from "./ChartPanel.tsx";

export interface MetricsVolumeProps {
  readonly points: readonly TimePoint[];
  readonly speech: Speech;
}

/** Events by hour as a line, and as a table for whoever does not see it (E-11, E-20). */
export function MetricsVolume({ points, speech: { t, format, locale } }: MetricsVolumeProps) {
  /** `14:00`: hours of UTC begin at another minute in some zones. */
  const hour = ({ time }: TimePoint) => format.time(time).slice(0, 5);
  const title = t.metrics.volume;
  return (
    <Card id="event-volume" title={title} hint={t.metrics.volumeHint} class="chart-card">
      <ChartPanel
        title={title}
        fileName="docent-event-volume"
        locale={locale}
        spec={{
          kind: "line",
          unit: "count",
          points: points.map((point) => ({
            label: hour(point),
            value: point.events,
            text: format.number(point.events),
          })),
        }}
      />
      <details class="numbers">
        <summary>{t.analytics.data}</summary>
        <DataTable
          caption={title}
          scrollLabel={t.table.scroll(title)}
          columns={[
            { head: t.metrics.hour, cell: (point) => format.shortDateTime(point.time) },
            {
              head: t.metrics.events,
              cell: (point) => format.number(point.events),
              isNumber: true,
            },
          ]}
          rows={points}
          keyOf={({ time }) => time}
        />
      </details>
    </Card>
  );
}
