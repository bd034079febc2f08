import { useEffect } from "preact/hooks";
import { type LiveEvent, NO_LIVE_FILTER } from "../lib/missions/view.ts";
import { EventRow } from "../lib/ui/EventRow.tsx";
import { EmptyState } from "../lib/ui/Notice.tsx";
import { type Place, speak } from "../lib/ui/ui.ts";
import { useLiveStore } from "./live_store.ts";

export interface RecentEventsProps extends Place {
  readonly events: readonly LiveEvent[];
}

const SHOWN = 8;

/** The newest events beside the figures; the live stream has them all. */
export function RecentEvents({ events: first, ...place }: RecentEventsProps) {
  const store = useLiveStore();
  useEffect(() => store?.show(first, NO_LIVE_FILTER), []);
  const speech = speak(place);
  const { t } = speech;
  const events = (store?.feed.value?.events ?? first).slice(0, SHOWN);
  const newest = first[0]?.position ?? 0;
  if (events.length === 0) {
    return <EmptyState icon="pulse" title={t.stream.empty} hint={t.stream.emptyHint} />;
  }
  return (
    <ol class="feed feed--brief" aria-label={t.stream.list}>
      {events.map((event) => (
        <EventRow
          key={event.position}
          event={event}
          speech={speech}
          isNew={event.position > newest}
        />
      ))}
    </ol>
  );
}
