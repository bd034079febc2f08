import { setTimeout as sleep } from "node:timers/promises";

export interface ReachOptions {
  readonly withinMs?: number;
  /** Aborted to give up before. */
  readonly signal?: AbortSignal;
}

const DEADLINE_MS = 20_000;
const LOOK_EVERY_MS = 5;

/** Resolves when the condition holds; fails with its name after twenty seconds, or as told. */
export async function reached(
  condition: () => boolean | Promise<boolean>,
  what: string,
  { withinMs = DEADLINE_MS, signal }: ReachOptions = {},
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!await condition()) {
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}
