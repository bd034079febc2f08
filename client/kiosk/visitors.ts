import { isDeliberate, isTap, type Touch } from "./touches.ts";
import type { Kiosk } from "./mod.ts";
import type { KioskClock, Timers } from "./ports.ts";

/**
 * Many visitors, one device: an attract screen until somebody touches it, a warning when nobody
 * touches anything any more, and a new session for the next one. Headless: `visitors_screen.ts`
 * shows it.
 */
export type VisitorState =
  /** Nobody is there; a tap begins a visit. */
  | { readonly kind: "attract" }
  /** Somebody is there. */
  | { readonly kind: "active" }
  /** Perhaps nobody is there any more; any touch says otherwise. */
  | { readonly kind: "warning"; readonly secondsLeft: number }
  /** Staff has the device; visits begin again with `resume`. */
  | { readonly kind: "staff" };

export interface VisitorOptions {
  readonly kiosk: Pick<Kiosk, "newVisitor" | "resumed">;
  /** Without a touch for so long a warning is shown; 90 without it. */
  readonly warnAfterSec?: number;
  /** And so long after the warning the visit is over; 30 without it. */
  readonly countdownSec?: number;
  /**
   * Paths on which there is no warning, such as `/onboarding`; a star at the end stands for
   * anything. A visit that is left there ends after the same time, without a word.
   */
  readonly excludedPages?: readonly string[];
  /** Where the visitor is, as a path. */
  readonly page: () => string;
  /** What staff types to leave the application; without it nobody can. */
  readonly pin?: string;
  readonly onState: (state: VisitorState) => void;
}

export interface VisitorPorts {
  readonly clock: Pick<KioskClock, "monotonic">;
  readonly timers: Timers;
}

export type PinAnswer = "opened" | "wrong" | "locked";

export interface Visitors {
  state(): VisitorState;
  /** False for a touch that was none of a visitor's. */
  touch(touch: Touch): boolean;
  /** The visit is over, for example after the last page: the next one begins with a tap. */
  finish(): Promise<void>;
  /** Ends the visit as a reset, and hands the device to staff. */
  enterPin(pin: string): Promise<PinAnswer>;
  /** Staff has done. */
  resume(): void;
  /** Looks at the time; once a second by itself. */
  tick(): Promise<void>;
  close(): void;
}

const TICK_MS = 1_000;
/** Whoever leaves may brush the glass once more. */
const DEAF_AFTER_RESET_MS = 1_000;
const MAX_WRONG_PINS = 3;
const LOCKED_MS = 30_000;

export function createVisitors(options: VisitorOptions, { clock, timers }: VisitorPorts): Visitors {
  const { kiosk, warnAfterSec = 90, countdownSec = 30, excludedPages = [] } = options;
  const pins = createPinGuard(options.pin, clock);
  let state: VisitorState = { kind: "attract" };
  let touchedAt = clock.monotonic();
  let deafUntil = 0;
  let stop = timers.after(TICK_MS, beat);

  function beat(): void {
    stop = timers.after(TICK_MS, beat);
    void tick();
  }

  function change(next: VisitorState): void {
    state = next;
    options.onState(next);
  }

  /** How many seconds a visit has left; more than the countdown while nobody need be warned. */
  function secondsLeft(): number {
    const idleSec = (clock.monotonic() - touchedAt) / 1_000;
    return Math.ceil(warnAfterSec + countdownSec - idleSec);
  }

  async function tick(): Promise<void> {
    if (state.kind !== "active" && state.kind !== "warning") return;
    const left = secondsLeft();
    if (left <= 0) return await reset("idle");
    if (left > countdownSec || isExcluded(options.page(), excludedPages)) {
      if (state.kind === "warning") change({ kind: "active" });
      return;
    }
    if (state.kind === "warning" && state.secondsLeft === left) return;
    change({ kind: "warning", secondsLeft: left });
  }

  async function reset(quitKind: "idle" | "reset"): Promise<void> {
    deafUntil = clock.monotonic() + DEAF_AFTER_RESET_MS;
    change({ kind: "attract" });
    await kiosk.newVisitor(quitKind);
  }

  // A page that was loaded again in the middle of a visit goes on with it.
  kiosk.resumed().then((mission) => {
    if (mission?.hasEnded !== false || state.kind !== "attract") return;
    touchedAt = clock.monotonic();
    change({ kind: "active" });
  });

  return {
    state: () => state,
    touch(touch) {
      const isStart = state.kind === "attract";
      if (state.kind === "staff" || clock.monotonic() < deafUntil) return false;
      if (isStart ? !isTap(touch) : !isDeliberate(touch)) return false;
      touchedAt = clock.monotonic();
      if (state.kind !== "active") change({ kind: "active" });
      return true;
    },
    finish: () => reset("reset"),
    async enterPin(pin) {
      const answer = pins.check(pin);
      if (answer !== "opened") return answer;
      await reset("reset");
      change({ kind: "staff" });
      return answer;
    },
    resume() {
      if (state.kind === "staff") change({ kind: "attract" });
    },
    tick,
    close: () => stop(),
  };
}

/** Who tries pins has to wait after some. */
function createPinGuard(pin: string | undefined, clock: VisitorPorts["clock"]) {
  let wrong = 0;
  let lockedUntil = -Infinity;
  return {
    check(given: string): PinAnswer {
      if (clock.monotonic() < lockedUntil) return "locked";
      if (pin !== undefined && given === pin) {
        wrong = 0;
        return "opened";
      }
      if (++wrong < MAX_WRONG_PINS) return "wrong";
      wrong = 0;
      lockedUntil = clock.monotonic() + LOCKED_MS;
      return "locked";
    },
  };
}

function isExcluded(page: string, excluded: readonly string[]): boolean {
  return excluded.some((it) => it.endsWith("*") ? page.startsWith(it.slice(0, -1)) : page === it);
}
