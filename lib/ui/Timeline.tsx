import {
  describeEvent,
  type OfflineSpan,
  type TimelineEvent,
  type TimelineItem,
} from "../missions/view.ts";
import { Badge } from "./Badge.tsx";
import { ToneMark, toneOf } from "./EventRow.tsx";
import { Icon } from "./Icon.tsx";
import type { Speech } from "./ui.ts";

/** Beyond this the kiosk's own time of a step is marked as another one than was measured. */
const STEP_TOLERANCE_SECONDS = 1;

export interface TimelineProps {
  readonly items: readonly TimelineItem[];
  readonly speech: Speech;
}

/** What happened in one attempt, in time order (M-49). */
export function Timeline({ items, speech }: TimelineProps) {
  return (
    <ol class="timeline">
      {items.map((item) =>
        item.kind === "event"
          ? <EventItem key={item.eventId} item={item} speech={speech} />
          : <OfflineItem key={`offline ${item.from}`} item={item} speech={speech} />
      )}
    </ol>
  );
}

function EventItem({ item, speech }: { readonly item: TimelineEvent; readonly speech: Speech }) {
  const { locale, t, format } = speech;
  return (
    <li class={item.isMissionRelevant ? "moment" : "moment moment--general"}>
      <ToneMark tone={toneOf(item)} speech={speech} />
      <div class="moment__time">
        <time dateTime={item.at}>{format.time(item.at)}</time>
        <span>+{format.shortDuration(item.sinceStartSeconds)}</span>
      </div>
      <div class="moment__body">
        <p class="moment__text">{describeEvent(item, locale)}</p>
        <p class="moment__facts">
          <code>{item.eventType}</code>
          {item.step && <StepTimes step={item.step} speech={speech} />}
          {item.delivery === "queued" && (
            <Badge tone="quiet" icon="offline">{t.attempt.queued}</Badge>
          )}
          {item.isDuplicate && (
            <Badge tone="warn" icon="alert" title={t.attempt.duplicateHint}>
              {t.attempt.duplicate}
            </Badge>
          )}
        </p>
      </div>
    </li>
  );
}

interface StepTimesProps {
  readonly step: NonNullable<TimelineEvent["step"]>;
  readonly speech: Speech;
}

/** Both times of a step: they answer different questions, and neither is thrown away (T-M11). */
function StepTimes({ step, speech: { t, format } }: StepTimesProps) {
  const { reportedSeconds: reported, measuredSeconds: measured } = step;
  const differs = reported !== null && measured !== null &&
    Math.abs(reported - measured) > STEP_TOLERANCE_SECONDS;
  return (
    <>
      {reported !== null && <span>{t.attempt.selfReported} {format.shortDuration(reported)}</span>}
      {measured !== null && <span>{t.attempt.measured} {format.shortDuration(measured)}</span>}
      {differs && <Badge tone="warn">{t.attempt.differs}</Badge>}
    </>
  );
}

function OfflineItem({ item, speech }: { readonly item: OfflineSpan; readonly speech: Speech }) {
  const { t, format } = speech;
  return (
    <li class="moment moment--offline">
      <span class="mark mark--quiet">
        <Icon name="offline" />
      </span>
      <div class="moment__time">
        <time dateTime={item.from}>{format.time(item.from)}</time>
        <time dateTime={item.to}>{format.time(item.to)}</time>
      </div>
      <div class="moment__body">
        <p class="moment__text">{t.attempt.offline}</p>
        <p class="moment__facts">
          {t.attempt.offlineSpan(item.seconds, item.eventCount)}
        </p>
      </div>
    </li>
  );
}
