import { type Clock, toIso } from "../../lib/clock.ts";
import { createDoorbell } from "../../lib/log/doorbell.ts";
import type { Metrics } from "../../lib/metrics/mod.ts";
import {
  dashboardChanged,
  type LiveEvent,
  type MetricsDashboard,
  type WindowName,
} from "../../lib/metrics/view.ts";

export interface MetricsFollowDeps {
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, "dashboard" | "onEvents">;
}

/** One page that watches the metrics. */
export interface MetricsWatcher {
  readonly window: WindowName;
  /** Asked at each beat: the stream ends with the session that opened it. */
  readonly isWelcome: () => Promise<boolean>;
  /** Aborted when the page or the server goes. */
  readonly signal: AbortSignal;
  /** Resolves when the page has room for more. */
  readonly send: (name: "dashboard_data" | "events" | "beat", data: unknown) => Promise<void>;
}

/** Figures are looked at this often, and sent when they changed. */
const LOOK_MS = 2_000;
/** A sign of life for pages and for proxies in between. */
const BEAT_MS = 15_000;
/** Kept for a page that reads slowly; its list has room for fewer. */
const MAX_WAITING = 100;

/** Sends a page the dashboard and the events from now on, until one side goes. */
export async function followMetrics(
  { clock, metrics }: MetricsFollowDeps,
  { window, isWelcome, signal, send }: MetricsWatcher,
): Promise<void> {
  const rung = createDoorbell();
  let waiting: LiveEvent[] = [];
  let sent: MetricsDashboard | null = null;
  let lookedAt = -Infinity;
  let beatAt = clock.monotonic();
  const leave = metrics.onEvents((events) => {
    waiting = [...waiting, ...events].slice(-MAX_WAITING);
    rung.ring();
  });
  try {
    while (!signal.aborted) {
      const events = waiting;
      waiting = [];
      if (sent !== null && events.length > 0) await send("events", events);
      if (clock.monotonic() - lookedAt >= LOOK_MS) {
        lookedAt = clock.monotonic();
        const dashboard = await metrics.dashboard(window);
        if (sent === null || dashboardChanged(sent, dashboard)) {
          await send("dashboard_data", sent = dashboard);
        }
      }
      if (clock.monotonic() - beatAt >= BEAT_MS) {
        if (!await isWelcome()) return;
        beatAt = clock.monotonic();
        await send("beat", { at: toIso(clock.now()) });
      }
      if (waiting.length === 0) await rung.wait(signal, LOOK_MS);
    }
  } finally {
    leave();
  }
}
