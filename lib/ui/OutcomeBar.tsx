import type { Format } from "./format.ts";
import type { Words } from "./words.ts";

export interface OutcomeBarProps {
  readonly completed: number;
  readonly quit: number;
  readonly expired: number;
  readonly label: string;
  readonly t: Words;
  readonly format: Format;
}

const WIDTH = 100;
const HEIGHT = 2;
/** Between the parts, so that they can be told apart without their colours. */
const GAP = 0.6;

/** How attempts ended, as one bar in three parts. Its numbers stand beside it as text. */
export function OutcomeBar({ completed, quit, expired, label, t, format }: OutcomeBarProps) {
  const all = completed + quit + expired;
  const parts = [
    { name: "completed", count: completed, word: t.figures.completed },
    { name: "quit", count: quit, word: t.figures.quit },
    { name: "expired", count: expired, word: t.figures.expired },
  ].filter(({ count }) => count > 0);
  const spoken = parts.map(({ word, count }) => `${word} ${format.number(count)}`).join(", ");
  const free = WIDTH - GAP * Math.max(0, parts.length - 1);
  let x = 0;
  return (
    <svg
      class="outcome"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={all === 0 ? t.dashboard.noneEnded : `${label}: ${spoken}`}
    >
      {all === 0 && <rect class="outcome__none" width={WIDTH} height={HEIGHT} />}
      {parts.map(({ name, count }) => {
        const width = free * count / all;
        const left = x;
        x += width + GAP;
        return (
          <rect key={name} class={`outcome__${name}`} x={left} width={width} height={HEIGHT} />
        );
      })}
    </svg>
  );
}
