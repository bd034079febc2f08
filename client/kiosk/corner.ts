/// <reference lib="dom" />
import { browserTimers } from "./browser.ts";

const HELD_MS = 3_000;
const CORNER_PX = 64;

/** Calls when the upper left corner is held for three seconds, which visitors do not do. */
export function watchCorner(onHeld: () => void, signal: AbortSignal): void {
  const options = { signal, capture: true };
  let stop = () => {};
  document.addEventListener("pointerdown", ({ clientX, clientY }) => {
    stop();
    if (clientX <= CORNER_PX && clientY <= CORNER_PX) stop = browserTimers.after(HELD_MS, onHeld);
  }, options);
  for (const type of ["pointerup", "pointercancel"]) {
    document.addEventListener(type, () => stop(), options);
  }
}
