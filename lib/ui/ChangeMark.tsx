import type { ChangeBasis } from "../metrics/view.ts";
import { Icon } from "./Icon.tsx";
import type { Speech } from "./ui.ts";

export interface ChangeMarkProps {
  /** Percent, or points. */
  readonly change: number;
  readonly basis: ChangeBasis;
  readonly unit: "percent" | "points";
  /** What it is a change of, now: something that was not there before is new. */
  readonly value: number;
  /** What it is a change from. */
  readonly than: string;
  readonly speech: Speech;
}

/** An arrow and by how much a figure has changed; the arrow is never alone (E-20). */
export function ChangeMark({ change, basis, unit, value, than, speech }: ChangeMarkProps) {
  const { t, format } = speech;
  if (basis === "none") {
    return <>{value === 0 ? t.metrics.noChange : t.metrics.isNew}</>;
  }
  const amount = format.fixed(Math.abs(change), 1);
  const sign = change > 0 ? "+" : change < 0 ? "−" : "±";
  const text = `${sign}${unit === "percent" ? `${amount}%` : t.metrics.points(amount)}`;
  return (
    <>
      <span class={`change change--${change > 0 ? "up" : change < 0 ? "down" : "same"}`}>
        {change !== 0 && <Icon name={change > 0 ? "rise" : "fall"} />}
        {text}
      </span>{" "}
      {than}
    </>
  );
}
