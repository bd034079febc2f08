import { type MetricsDashboard, WINDOWS } from "../../lib/metrics/view.ts";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { AdminFrame } from "./frame.tsx";
import { MetricsPanelIsland } from "../pages/islands.ts";

export interface MetricsPageProps {
  readonly dashboard: MetricsDashboard;
  readonly ui: Ui;
}

/** `/admin/metrics` (E-20). */
export function MetricsPage({ dashboard, ui }: MetricsPageProps) {
  const { t, locale, timeZone } = ui;
  return (
    <AdminFrame ui={ui} current="metrics" liveAsOf={dashboard.generatedAt}>
      <PageHead
        title={t.metrics.title}
        lead={t.metrics.lead}
        action={<WindowTabs dashboard={dashboard} ui={ui} />}
      />
      <MetricsPanelIsland {...{ dashboard, locale, timeZone }} />
    </AdminFrame>
  );
}

/** Links, so that the counted time can be chosen without script and shared. */
function WindowTabs({ dashboard: { window }, ui: { t } }: MetricsPageProps) {
  return (
    <nav class="segments segments--tabs" aria-label={t.metrics.window}>
      {WINDOWS.toReversed().map((name) => (
        <a
          key={name}
          class="segment"
          href={`/admin/metrics?window=${name}`}
          aria-current={name === window.name ? "page" : undefined}
        >
          {t.metrics.windows[name]}
        </a>
      ))}
    </nav>
  );
}
