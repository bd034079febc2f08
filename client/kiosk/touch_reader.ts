/// <reference lib="dom" />
import type { KioskClock } from "./ports.ts";
import type { Touch } from "./touches.ts";

interface Contact {
  readonly at: number;
  readonly x: number;
  readonly y: number;
  sizePx: number;
  movedPx: number;
  contacts: number;
}

/** What certainly was meant. */
const PRESS: Touch = { durationMs: 100, movedPx: 0, sizePx: 0, contacts: 1 };

/** Reads touches, and keys as touches, of a page; `signal` ends it. */
export function readTouches(
  onTouch: (touch: Touch) => void,
  { clock, signal }: { clock: Pick<KioskClock, "monotonic">; signal: AbortSignal },
): void {
  const contacts = new Map<number, Contact>();
  const options = { signal, capture: true, passive: true };

  function follow({ pointerId, clientX, clientY, width, height }: PointerEvent): void {
    const contact = contacts.get(pointerId);
    if (contact === undefined) return;
    const movedPx = Math.hypot(clientX - contact.x, clientY - contact.y);
    contact.movedPx = Math.max(contact.movedPx, movedPx);
    contact.sizePx = Math.max(contact.sizePx, width, height);
  }

  document.addEventListener("pointerdown", (event) => {
    const { pointerId, clientX: x, clientY: y } = event;
    const fresh = { at: clock.monotonic(), x, y, sizePx: 0, movedPx: 0, contacts: 0 };
    contacts.set(pointerId, fresh);
    for (const it of contacts.values()) it.contacts = Math.max(it.contacts, contacts.size);
    follow(event);
  }, options);
  document.addEventListener("pointermove", follow, options);
  document.addEventListener("pointercancel", ({ pointerId }) => void contacts.delete(pointerId), {
    signal,
  });
  document.addEventListener("pointerup", (event) => {
    follow(event);
    const contact = contacts.get(event.pointerId);
    contacts.delete(event.pointerId);
    if (contact === undefined) return;
    const durationMs = clock.monotonic() - contact.at;
    // A mouse has no wet glass, however short its click.
    onTouch(event.pointerType === "touch" ? { ...contact, durationMs } : PRESS);
  }, options);
  // Of switches, keyboards and screen readers, for those who cannot touch.
  document.addEventListener("keyup", () => onTouch(PRESS), options);
  document.addEventListener("click", ({ detail }) => detail === 0 && onTouch(PRESS), options);
}
