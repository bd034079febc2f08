/** Below this a percentage says more than is known: pages show counts and the interval. */
const FEWEST = 5;

export interface Small {
  /** Fewer than five attempts stand behind the figure. */
  readonly small: boolean;
}

export function isSmall(n: number): boolean {
  return n < FEWEST;
}

/** The figure with its mark; null stays null. */
export function marked<T extends { readonly n: number }>(figure: T | null): (T & Small) | null {
  return figure === null ? null : { ...figure, small: isSmall(figure.n) };
}
