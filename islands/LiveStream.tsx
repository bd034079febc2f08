import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import {
  EVENT_TYPES,
  type LiveEvent,
  type LiveFilter,
  type MissionLabel,
  missionName,
  parseLiveFilter,
  toLiveQuery,
} from "../lib/missions/view.ts";
import { EventRow } from "../lib/ui/EventRow.tsx";
import { FilterBar, Select } from "../lib/ui/Field.tsx";
import { Icon } from "../lib/ui/Icon.tsx";
import { EmptyState, Notice } from "../lib/ui/Notice.tsx";
import { type Place, speak, type Speech } from "../lib/ui/ui.ts";
import { type Feed, pauseFeed, resumeFeed, startFeed } from "./feed.ts";
import { useLiveStore } from "./live_store.ts";

export interface LiveStreamProps extends Place {
  readonly missions: readonly MissionLabel[];
  readonly filter: LiveFilter;
  /** That pass the filter, newest first. */
  readonly events: readonly LiveEvent[];
}

/** The stream of events with its filter and its pause (M-48). Without script, a page of a form. */
export function LiveStream({ missions, filter: first, events, ...place }: LiveStreamProps) {
  const store = useLiveStore();
  const speech = speak(place);
  const [filter, setFilter] = useState(first);
  useEffect(() => store?.show(events, first), []);

  const choose = (change: Partial<LiveFilter>) => {
    const next = { ...filter, ...change };
    setFilter(next);
    // The address follows, so that a reload or a bookmark shows the same.
    history.replaceState(null, "", `${location.pathname}${toLiveQuery(next)}`);
    store?.show([], next);
  };
  const feed = store?.feed.value ?? startFeed(events);
  const toggle = () => {
    if (store) store.feed.value = feed.paused ? resumeFeed(feed) : pauseFeed(feed);
  };
  return (
    <div class="stack">
      <div class="toolbar">
        <StreamFilter {...{ missions, filter, speech, choose }} actsAtOnce={store !== null} />
        {store && <PauseButton feed={feed} speech={speech} onClick={toggle} />}
      </div>
      {feed.hasGap && <Notice tone="warn">{speech.t.stream.gap}</Notice>}
      <StreamList {...{ feed, filter, missions, speech }} newest={events[0]?.position ?? 0} />
    </div>
  );
}

interface StreamFilterProps {
  readonly missions: readonly MissionLabel[];
  readonly filter: LiveFilter;
  readonly speech: Speech;
  readonly choose: (change: Partial<LiveFilter>) => void;
  readonly actsAtOnce: boolean;
}

function StreamFilter({ missions, filter, speech, choose, actsAtOnce }: StreamFilterProps) {
  const { locale, t } = speech;
  return (
    <FilterBar
      label={t.stream.title}
      action="/admin/missions/live"
      apply={t.stream.apply}
      actsAtOnce={actsAtOnce}
    >
      <Select
        label={t.stream.mission}
        name="mission"
        value={filter.missionType}
        onChange={(missionType) => choose({ missionType })}
        options={[
          { value: "all", label: t.stream.allMissions },
          ...missions.map((it) => ({ value: it.missionType, label: it.name[locale] })),
        ]}
      />
      <Select
        label={t.stream.event}
        name="type"
        value={filter.eventType}
        onChange={(eventType) => choose({ eventType })}
        options={[
          { value: "all", label: t.stream.allEvents },
          ...EVENT_TYPES.map((type) => ({ value: type, label: type })),
        ]}
      />
      <Select
        label={t.stream.relevance}
        name="relevant"
        value={RELEVANCE_VALUES[filter.relevance]}
        onChange={(value) => choose(parseRelevance(value))}
        options={[
          { value: RELEVANCE_VALUES.all, label: t.stream.relevances.all },
          { value: RELEVANCE_VALUES.mission, label: t.stream.relevances.mission },
          { value: RELEVANCE_VALUES.general, label: t.stream.relevances.general },
        ]}
      />
    </FilterBar>
  );
}

/** As the address writes them. */
const RELEVANCE_VALUES = { all: "all", mission: "true", general: "false" } as const;

function parseRelevance(relevant: string): Pick<LiveFilter, "relevance"> {
  const { relevance } = parseLiveFilter(new URLSearchParams({ relevant }));
  return { relevance };
}

interface PauseButtonProps {
  readonly feed: Feed;
  readonly speech: Speech;
  readonly onClick: () => void;
}

function PauseButton({ feed, speech: { t }, onClick }: PauseButtonProps) {
  return (
    <button
      type="button"
      class={feed.paused ? "button button--main" : "button"}
      onClick={onClick}
      data-paused={feed.paused}
    >
      <Icon name={feed.paused ? "play" : "pause"} />
      {feed.paused ? t.stream.resume : t.stream.pause}
      {feed.held.length > 0 && <span class="count">{t.stream.held(feed.held.length)}</span>}
    </button>
  );
}

interface StreamListProps {
  readonly feed: Feed;
  readonly filter: LiveFilter;
  readonly missions: readonly MissionLabel[];
  readonly speech: Speech;
  readonly newest: number;
}

function StreamList({ feed, filter, missions, speech, newest }: StreamListProps) {
  const { t, locale } = speech;
  // The same row again costs nothing to draw, and all but the newest few are the same.
  const rows = useRef(new WeakMap<LiveEvent, VNode>()).current;
  if (feed.events.length === 0) {
    const [title, hint] = toLiveQuery(filter) === ""
      ? [t.stream.empty, t.stream.emptyHint]
      : [t.stream.emptyFiltered, t.stream.emptyFilteredHint];
    return <div class="card">{<EmptyState icon="pulse" title={title} hint={hint} />}</div>;
  }
  const rowOf = (event: LiveEvent) => {
    const row = rows.get(event) ?? (
      <EventRow
        key={event.position}
        event={event}
        speech={speech}
        missionName={missionName(missions, event.missionType, locale)}
        isNew={event.position > newest}
      />
    );
    rows.set(event, row);
    return row;
  };
  return <ol class="card feed" aria-label={t.stream.list}>{feed.events.map(rowOf)}</ol>;
}
