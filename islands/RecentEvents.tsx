import { useEffect } from "preact/hooks";
import {
  type LiveEvent,
  type MissionLabel,
  missionName,
  NO_LIVE_FILTER,
} from "../lib/missions/view.ts";
import { EventRow } from "../lib/ui/EventRow.tsx";
import { EmptyState } from "../lib/ui/Notice.tsx";
import { type Place, speak } from "../lib/ui/ui.ts";
import { useLiveStore } from "./live_store.ts";

export interface RecentEventsProps extends Place {
  readonly missions: readonly MissionLabel[];
  readonly events: readonly LiveEvent[];
}

const SHOWN = 12;

/** The newest events below the figures; the live stream has them all. */
export function RecentEvents({ missions, events: first, ...place }: RecentEventsProps) {
  const store = useLiveStore();
  useEffect(() => store?.show(first, NO_LIVE_FILTER), []);
  const speech = speak(place);
  const { t, locale } = speech;
  const events = (store?.feed.value?.events ?? first).slice(0, SHOWN);
  const newest = first[0]?.position ?? 0;
  if (events.length === 0) {
    return <EmptyState icon="pulse" title={t.stream.empty} hint={t.stream.emptyHint} />;
  }
  return (
    <ol class="feed" aria-label={t.stream.list}>
      {events.map((event) => (
        <EventRow
          key={event.position}
          event={event}
          speech={speech}
          missionName={missionName(missions, event.missionType, locale)}
          isNew={event.position > newest}
        />
      ))}
    </ol>
  );
}
