import { describeEvent, type LiveEvent } from "../missions/view.ts";
import type { Tone } from "./Badge.tsx";
import { Icon, type IconName } from "./Icon.tsx";
import type { Speech } from "./ui.ts";

const ICONS: Record<Exclude<Tone, "warn">, IconName> = {
  good: "check",
  bad: "cross",
  active: "pulse",
  quiet: "right",
};

/** Green for what goes well, red for what ended early, and another shape for each (M-48). */
export function toneOf(
  { eventType, isMissionRelevant }: Pick<LiveEvent, "eventType" | "isMissionRelevant">,
): Exclude<Tone, "warn"> {
  if (eventType === "mission_quitted") return "bad";
  if (eventType === "mission_completed") return "good";
  return isMissionRelevant ? "active" : "quiet";
}

export function ToneMark(
  { tone, speech: { t } }: { readonly tone: Exclude<Tone, "warn">; readonly speech: Speech },
) {
  return (
    <span class={`mark mark--${tone}`}>
      <Icon name={ICONS[tone]} />
      <span class="sr-only">{t.stream.tones[tone]}</span>
    </span>
  );
}

export interface EventRowProps {
  readonly event: LiveEvent;
  readonly speech: Speech;
  readonly missionName: string;
  /** It came while the page was open. */
  readonly isNew: boolean;
}

/** One line of the live stream: mark, time, attempt, event type and what it means. */
export function EventRow({ event, speech, missionName, isNew }: EventRowProps) {
  const { locale, t, format } = speech;
  return (
    <li class={isNew ? "event event--new" : "event"} data-position={event.position}>
      <ToneMark tone={toneOf(event)} speech={speech} />
      <time class="event__time" dateTime={event.timestamp}>{format.time(event.timestamp)}</time>
      <span class="event__text">{describeEvent(event, locale)}</span>
      <span class="event__mission">{missionName}</span>
      <code class="event__type">{event.eventType}</code>
      <a
        class="event__attempt"
        href={`/admin/attempts/${encodeURIComponent(event.attemptId)}`}
        title={event.attemptId}
        aria-label={`${t.stream.openAttempt} ${shortId(event.attemptId)}`}
      >
        {shortId(event.attemptId)}
      </a>
    </li>
  );
}

/** The end of a long id, which is the part that differs between neighbours: `…456789`. */
export function shortId(id: string): string {
  return id.length > 16 ? `…${id.slice(-6)}` : id;
}
