import { Card } from "../../lib/ui/Card.tsx";
import type { ChartSpec } from "../../lib/ui/chart.ts";
import { type Column, DataTable } from "../../lib/ui/DataTable.tsx";
import { EmptyState } from "../../lib/ui/Notice.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { ChartPanelIsland } from "./islands.ts";

export interface ChartCardProps<R> {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly spec: ChartSpec;
  readonly rows: readonly R[];
  readonly columns: readonly Column<R>[];
  readonly keyOf: (row: R) => string;
  readonly ui: Ui;
}

/** A chart, its picture to download, and its numbers as a table for whoever does not see it. */
export function ChartCard<R>(
  { id, title, hint, spec, rows, columns, keyOf, ui }: ChartCardProps<R>,
) {
  const { t, locale } = ui;
  const isEmpty = spec.points.every(({ value }) => value === null || value === 0);
  return (
    <Card id={id} title={title} hint={hint} class="chart-card">
      {isEmpty
        ? <EmptyState icon="chart" title={t.analytics.noData} />
        : <ChartPanelIsland title={title} fileName={`docent-${id}`} spec={spec} locale={locale} />}
      <details class="numbers">
        <summary>{t.analytics.data}</summary>
        <DataTable
          caption={title}
          scrollLabel={t.table.scroll(title)}
          columns={columns}
          rows={rows}
          keyOf={keyOf}
        />
      </details>
    </Card>
  );
}
