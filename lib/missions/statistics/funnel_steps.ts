/** A step of the mission's definition. */
export interface DefinedStep {
  /** Number from 1, in the order of the definition. */
  readonly step: number;
  /** Later steps count only with this one done. */
  readonly required: boolean;
}

/** `strict`: required steps one after the other; `loose`: all of them, in any order. */
export type FunnelOrder = "strict" | "loose";

/**
 * The steps of one attempt that a funnel counts: completed, with every required earlier one. Sums
 * over attempts give the funnel's counts (D-12).
 */
export function countedSteps(
  { completed, steps, order }: {
    /** Step numbers in the order of their completion, repeats allowed. */
    completed: readonly number[];
    steps: readonly DefinedStep[];
    order: FunnelOrder;
  },
): readonly number[] {
  const done = new Set(order === "loose" ? completed : inOrder(completed, steps));
  return steps.filter(({ step }) => done.has(step) && hasEarlier(step, { steps, done }))
    .map(({ step }) => step);
}

function hasEarlier(
  step: number,
  { steps, done }: { steps: readonly DefinedStep[]; done: ReadonlySet<number> },
): boolean {
  return steps.every((other) => other.step >= step || !other.required || done.has(other.step));
}

/** Completions that came after those of all required earlier steps; too early ones are dropped. */
function inOrder(completed: readonly number[], steps: readonly DefinedStep[]): Set<number> {
  const done = new Set<number>();
  for (const step of completed) {
    if (hasEarlier(step, { steps, done })) done.add(step);
  }
  return done;
}
