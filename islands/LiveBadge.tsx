import { Icon, type IconName } from "../lib/ui/Icon.tsx";
import { type Place, speak } from "../lib/ui/ui.ts";
import type { LiveState } from "./live.ts";
import { type Connection, useLiveStore } from "./live_store.ts";

export interface LiveBadgeProps extends Place {
  /** When the page's own figures were counted, ISO 8601. */
  readonly asOf: string;
}

const ICONS: Record<LiveState, IconName> = {
  connecting: "spinner",
  connected: "pulse",
  reconnecting: "spinner",
  stale: "offline",
};

const START: Connection = { state: "connecting", heardAt: null };

/** Says whether what is shown is live, and since when it is not. */
export function LiveBadge({ asOf, ...place }: LiveBadgeProps) {
  const { t, format } = speak(place);
  const store = useLiveStore();
  const { state, heardAt } = store?.connection.value ?? START;
  return (
    <span class={`live live--${state}`} role="status" data-live={state}>
      <Icon name={ICONS[state]} />
      <span class="live__word">{t.live[state]}</span>
      {state === "stale" && (
        <span class="live__since">{t.live.since(format.time(heardAt ?? asOf))}</span>
      )}
    </span>
  );
}
