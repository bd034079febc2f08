export interface Bar {
  readonly name: string;
  /** Its length in relation to the others. */
  readonly value: number;
  /** The value as people read it. */
  readonly text: string;
  /** There to compare with, as "other" or "unknown". */
  readonly isQuiet?: boolean;
}

export interface BarListProps {
  readonly label: string;
  readonly bars: readonly Bar[];
  /** What a whole bar stands for; the largest value unless told. */
  readonly whole?: number;
}

const WIDTH = 100;
const HEIGHT = 2;

/** Names with their values and a bar for each: a chart that needs no script. */
export function BarList({ label, bars, whole }: BarListProps) {
  const longest = whole ?? Math.max(...bars.map(({ value }) => value));
  return (
    <ol class="bars" aria-label={label}>
      {bars.map(({ name, value, text, isQuiet }) => (
        <li key={name} class={isQuiet ? "bars__row bars__row--quiet" : "bars__row"}>
          <span class="bars__name" title={name}>{name}</span>
          <span class="bars__value">{text}</span>
          <svg
            class="bars__bar"
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <rect width={longest === 0 ? 0 : WIDTH * value / longest} height={HEIGHT} />
          </svg>
        </li>
      ))}
    </ol>
  );
}
