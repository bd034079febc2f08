import { type Clock, toIso } from "../../lib/clock.ts";
import type { Kiosks } from "../../lib/kiosks/mod.ts";
import type { KioskView } from "../../lib/kiosks/view.ts";
import { pause } from "../../lib/timers.ts";

export interface KiosksFollowDeps {
  readonly clock: Clock;
  readonly kiosks: Pick<Kiosks, "list">;
}

/** One page that watches the kiosks. */
export interface KiosksWatcher {
  /** Asked at each beat: the stream ends with the session that opened it. */
  readonly isWelcome: () => Promise<boolean>;
  /** Aborted when the page or the server goes. */
  readonly signal: AbortSignal;
  /** Resolves when the page has room for more. */
  readonly send: (name: "kiosks" | "beat", data: unknown) => Promise<void>;
}

/** The list is looked at this often, and sent when it changed. */
const LOOK_MS = 1_000;
/** And this often when nothing but the last signs of life did: a busy kiosk gives many a second. */
const SIGNS_MS = 10_000;
/** A sign of life for pages and for proxies in between. */
const BEAT_MS = 15_000;

/** Sends a page all kiosks, now and whenever one of them changed, until one side goes. */
export async function followKiosks(
  { clock, kiosks }: KiosksFollowDeps,
  { isWelcome, signal, send }: KiosksWatcher,
): Promise<void> {
  let sent = "";
  let sentAt = -Infinity;
  let beatAt = clock.monotonic();
  while (!signal.aborted) {
    const now = clock.monotonic();
    const list = kiosks.list();
    const text = JSON.stringify(list.map(withoutSigns));
    if (text !== sent || now - sentAt >= SIGNS_MS) {
      [sent, sentAt] = [text, now];
      await send("kiosks", list);
    }
    if (now - beatAt >= BEAT_MS) {
      if (!await isWelcome()) return;
      beatAt = now;
      await send("beat", { at: toIso(clock.now()) });
    }
    await pause(LOOK_MS, signal);
  }
}

function withoutSigns({ lastSeenAt: _, ...kiosk }: KioskView): Omit<KioskView, "lastSeenAt"> {
  return kiosk;
}
