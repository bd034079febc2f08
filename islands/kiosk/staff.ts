import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { QueueFile } from "../../client/export.ts";
import type { Kiosk, KioskStatus, PairAnswer, Pairing } from "../../client/kiosk.ts";
import type { PinAnswer, Visitors } from "../../client/visitors.ts";
import type { BrowserClock } from "../clock.ts";

export interface StaffDeps {
  readonly kiosk: Pick<Kiosk, "pair">;
  readonly status: ReadonlySignal<KioskStatus>;
  /** What operators tell whoever stands here; null for nothing. */
  readonly message: Signal<string | null>;
  readonly visitors: Pick<Visitors, "enterPin" | "resume">;
  /** Empty where nobody is asked. */
  readonly pin: string;
  readonly clock: Pick<BrowserClock, "after">;
  /** Writes what waits into a file. */
  readonly exportQueue: (by: Pairing & Pick<KioskStatus, "clockOffsetMs">) => Promise<QueueFile>;
  /** Leaves a file to the browser. */
  readonly save: (file: QueueFile) => void;
}

/** What staff can do at the device itself, and what they tell it from elsewhere. */
export interface Staff extends Pick<StaffDeps, "status" | "message"> {
  /** The pin is asked for. */
  readonly isAsking: ReadonlySignal<boolean>;
  /** Somebody held the corner. */
  ask(): void;
  stopAsking(): void;
  enterPin(pin: string): Promise<PinAnswer>;
  pair(code: string): Promise<PairAnswer>;
  /** The device is the visitors' again. */
  resume(): void;
  closeMessage(): void;
  /** False where it cannot be signed: on a page that is not secure. */
  saveQueue(): Promise<boolean>;
}

/** Who walks away from the question for the pin leaves the device to the visitors. */
const ASKING_MS = 30_000;

export function createStaff(deps: StaffDeps): Staff {
  const { kiosk, status, message, visitors, pin, clock, exportQueue, save } = deps;
  const isAsking = signal(false);
  let stopWaiting = () => {};

  function stopAsking(): void {
    stopWaiting();
    isAsking.value = false;
  }

  async function enterPin(typed: string): Promise<PinAnswer> {
    const answer = await visitors.enterPin(typed);
    if (answer === "opened") stopAsking();
    return answer;
  }

  return {
    status,
    message,
    isAsking,
    ask() {
      if (pin === "") return void enterPin("");
      stopAsking();
      isAsking.value = true;
      stopWaiting = clock.after(ASKING_MS, stopAsking);
    },
    stopAsking,
    enterPin,
    pair: kiosk.pair,
    resume: visitors.resume,
    closeMessage: () => void (message.value = null),
    async saveQueue() {
      const { paired, clockOffsetMs } = status.value;
      if (paired === null) return false;
      const file = await exportQueue({ ...paired, clockOffsetMs }).catch(() => null);
      if (file !== null) save(file);
      return file !== null;
    },
  };
}
