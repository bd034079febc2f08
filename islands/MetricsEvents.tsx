import { useEffect, useState } from "preact/hooks";
import type { LiveEvent } from "../lib/metrics/view.ts";
import { Card } from "../lib/ui/Card.tsx";
import { EmptyState } from "../lib/ui/Notice.tsx";
import type { Speech } from "../lib/ui/ui.ts";
import { browserClock } from "./clock.ts";

export interface MetricsEventsProps {
  /** Newest first. */
  readonly events: readonly LiveEvent[];
  /** When the server sent them, ISO 8601. */
  readonly asOf: string;
  readonly speech: Speech;
}

/** Ages are counted on this often. */
const AGES_MS = 5_000;

/** The newest events of any kind (E-18, E-20). */
export function MetricsEvents({ events, asOf, speech }: MetricsEventsProps) {
  const { t } = speech;
  const now = useServerNow(asOf);
  return (
    <Card id="live-events" title={t.metrics.live} hint={t.metrics.liveHint}>
      {events.length === 0
        ? <EmptyState icon="pulse" title={t.metrics.empty} hint={t.metrics.emptyHint} />
        : (
          <ol class="feed" aria-label={t.metrics.list}>
            {events.map((event) => <Row key={event.id} event={event} now={now} speech={speech} />)}
          </ol>
        )}
    </Card>
  );
}

interface RowProps {
  readonly event: LiveEvent;
  readonly now: number;
  readonly speech: Speech;
}

function Row({ event, now, speech: { t, format } }: RowProps) {
  const { eventName, userId, country, device, timestamp } = event;
  const place = country === "unknown" ? t.metrics.unknown : country;
  return (
    <li class="metric" data-event={event.id}>
      <span class="metric__name">{eventName}</span>
      <span class="metric__user" title={userId}>
        {userId === "anonymous" ? t.metrics.anonymous : userId}
      </span>
      <span class="metric__origin">{place} · {t.metrics.deviceNames[device]}</span>
      <time class="metric__age" dateTime={timestamp} title={format.dateTime(timestamp)}>
        {ageText(now - Date.parse(timestamp), t)}
      </time>
    </li>
  );
}

/** The same ages as `timeAgo` on the wire, in the reader's words. */
function ageText(ms: number, t: Speech["t"]): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const whole = (unit: number) => String(Math.floor(seconds / unit));
  if (seconds < 60) return t.metrics.ago.seconds(whole(1));
  if (seconds < 3_600) return t.metrics.ago.minutes(whole(60));
  return seconds < 86_400 ? t.metrics.ago.hours(whole(3_600)) : t.metrics.ago.days(whole(86_400));
}

/**
 * The server's time: that of its last word, and what has passed here since. The clock of a screen
 * in a hall may be wrong.
 */
function useServerNow(asOf: string): number {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const heardAt = browserClock.now();
    let cancel = () => {};
    const step = () => {
      setPassed(browserClock.now() - heardAt);
      cancel = browserClock.after(AGES_MS, step);
    };
    step();
    return () => cancel();
  }, [asOf]);
  return Date.parse(asOf) + passed;
}
