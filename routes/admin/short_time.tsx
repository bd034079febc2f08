import { toIso } from "../../lib/clock.ts";
import type { Ui } from "../../lib/ui/ui.ts";

/** A moment in a list: short, and whole for whoever points at it. */
export function ShortTime({ at, ui: { format } }: { readonly at: number; readonly ui: Ui }) {
  return <time dateTime={toIso(at)} title={format.dateTime(at)}>{format.shortDateTime(at)}</time>;
}
