/** One chart as data: made on the server, drawn by `islands/chart_drawing.ts`. */
export interface ChartSpec {
  /** `bar` lies down: names of steps and missions are long. */
  readonly kind: "line" | "bar";
  readonly unit: "percent" | "seconds" | "count";
  readonly points: readonly ChartPoint[];
}

export interface ChartPoint {
  readonly label: string;
  /** Shares from 0 to 1, seconds or counts; a line goes over null in dashes. */
  readonly value: number | null;
  /** Beside the bar, and in the box that opens over a point: the value as people read it. */
  readonly text: string;
  /** `marked` is the one to look at, and its text says why; `quiet` is there to compare with. */
  readonly tone?: "marked" | "quiet";
  /** Drawn hollow: so few cases that the value says little. */
  readonly isWeak?: boolean;
}
