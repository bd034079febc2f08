import { reached } from "../reached.ts";
import { createRun, type Run } from "../simulate/run.ts";
import type { Part } from "./closing.ts";
import { PATIENCE_MS } from "./patient_api.ts";

export interface CrowdOptions {
  readonly url: string;
  /** Visitors at a time. */
  readonly kiosks: number;
  /** Times as fast as real visitors. */
  readonly speed?: number;
  /** Share of visits with a bad network of their own, 0 to 1. */
  readonly faults?: number;
  readonly signal: AbortSignal;
}

/** Visitors who come one after the other for as long as something happens. */
export interface Crowd extends Pick<Run, "tally"> {
  /** Waits until so many more acknowledgements have come. */
  hear(acks: number): Promise<void>;
  /** Waits until one more is told that the store does not work. */
  hearRefusal(): Promise<void>;
}

/** What a crowd has played, read back. */
export type CrowdPart = Part & Pick<Run, "tally" | "records">;

/**
 * Lets a crowd play while `trouble` is made, lets everybody finish what he began, and reads all of
 * it back.
 */
export async function playThrough(
  { signal, speed = 500, faults = 0.35, ...options }: CrowdOptions,
  trouble: (crowd: Crowd) => Promise<void>,
): Promise<CrowdPart> {
  const seed = String(Math.random());
  const run = createRun({
    ...{ ...options, speed, faults, seed },
    visitors: Infinity,
    patienceMs: PATIENCE_MS,
    verify: false,
    login: null,
    token: null,
    kioskKeys: [],
  }, { signal });
  await run.prepare();
  let isOver = false;
  const { tally, records } = run;
  const grows = (count: () => number, by: number, what: string) => {
    const enough = count() + by;
    return reached(() => count() >= enough, what, { withinMs: PATIENCE_MS, signal });
  };
  const hear = (acks: number) => grows(() => tally.acks, acks, `${acks} more acknowledgements`);
  const hearRefusal = () => grows(() => refusalsOf(tally), 1, "a refusal");
  const playing = run.play(() => isOver);
  const troubled = trouble({ tally, hear, hearRefusal }).finally(() => isOver = true);
  // The first failure of either is told.
  await Promise.all([playing, troubled]);
  return { ...await run.verify(), attempts: records.length, tally, records };
}

/** How often a crowd was told that the store does not work. */
export function refusalsOf({ errors }: Run["tally"]): number {
  return errors.get("UNAVAILABLE") ?? 0;
}
