import type { LiveEvent, Overview } from "../../lib/missions/view.ts";
import { Card } from "../../lib/ui/Card.tsx";
import { Icon } from "../../lib/ui/Icon.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { AdminFrame } from "./frame.tsx";
import { OverviewPanelIsland, RecentEventsIsland } from "../pages/islands.ts";

export interface DashboardView {
  readonly overview: Overview;
  /** Newest first; some ten are shown. */
  readonly recent: readonly LiveEvent[];
}

export interface DashboardPageProps {
  readonly view: DashboardView;
  readonly ui: Ui;
}

/** `/admin/dashboard` (M-47). */
export function DashboardPage({ view: { overview, recent }, ui }: DashboardPageProps) {
  const { t, format, locale, timeZone } = ui;
  return (
    <AdminFrame ui={ui} current="dashboard" liveAsOf={overview.asOf}>
      <PageHead title={t.dashboard.title} lead={t.dashboard.today(format.date(overview.asOf))} />
      <div class="dashboard">
        <OverviewPanelIsland {...{ overview, locale, timeZone }} />
        <Card
          id="recent-events"
          title={t.dashboard.recent}
          action={
            <a class="link" href="/admin/missions/live">
              {t.dashboard.allEvents}
              <Icon name="right" />
            </a>
          }
        >
          <RecentEventsIsland
            missions={overview.missions}
            events={recent}
            {...{ locale, timeZone }}
          />
        </Card>
      </div>
    </AdminFrame>
  );
}
