import type { LiveEvent, LiveFilter, MissionLabel } from "../../lib/missions/view.ts";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { AdminFrame } from "./frame.tsx";
import { LiveStreamIsland } from "../pages/islands.ts";

export interface LiveView {
  /** When the events were read. */
  readonly asOf: string;
  readonly missions: readonly MissionLabel[];
  readonly filter: LiveFilter;
  /** That pass the filter, newest first. */
  readonly events: readonly LiveEvent[];
}

export interface LivePageProps {
  readonly view: LiveView;
  readonly ui: Ui;
}

/** `/admin/missions/live` (M-48). */
export function LivePage({ view: { asOf, missions, filter, events }, ui }: LivePageProps) {
  const { t, locale, timeZone } = ui;
  return (
    <AdminFrame ui={ui} current="live" liveAsOf={asOf}>
      <PageHead title={t.stream.title} lead={t.stream.lead} />
      <LiveStreamIsland {...{ missions, filter, events, locale, timeZone }} />
    </AdminFrame>
  );
}
