import { inTime } from "../in_time.ts";
import type { Outcome, Proof } from "./proof.ts";

export interface ProofOptions {
  readonly isShort: boolean;
  /** Instead of the proof's own number. */
  readonly rounds: number | null;
  /** Aborted to end before. */
  readonly signal: AbortSignal;
}

/** What came of a proof. */
export type Result =
  & { readonly proof: Proof; readonly seconds: number }
  & (
    | { readonly kind: "skipped"; readonly why: string }
    /** It came to its end; whether it held stands in its outcome. */
    | { readonly kind: "done"; readonly outcome: Outcome }
    | { readonly kind: "failed"; readonly why: string }
  );

/** Whether nothing was lost, nothing doubled, and all else is as it must be. */
export function hasHeld(result: Result): boolean {
  if (result.kind !== "done") return result.kind === "skipped";
  const { account, faults } = result.outcome;
  return account.lost === 0 && account.doubled === 0 && faults.length === 0;
}

/** A proof that is given up has so long to take down what it has started. */
const GRACE_MS = 30_000;

/** Runs one proof within its time, and takes down all that it has started. */
export async function prove(proof: Proof, options: ProofOptions): Promise<Result> {
  const from = performance.now();
  const seconds = () => (performance.now() - from) / 1000;
  for (const need of proof.needs) {
    const why = await need.missing();
    if (why !== null) return { proof, seconds: 0, kind: "skipped", why: `${need.name}: ${why}` };
  }
  try {
    const outcome = await runBounded(proof, options);
    return { proof, seconds: seconds(), kind: "done", outcome };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { proof, seconds: seconds(), kind: "failed", why };
  }
}

async function runBounded(
  proof: Proof,
  { isShort, rounds, signal }: ProofOptions,
): Promise<Outcome> {
  const stop = new AbortController();
  const running = proof.run({
    isShort,
    rounds: rounds ?? (isShort ? proof.rounds.short : proof.rounds.full),
    signal: AbortSignal.any([stop.signal, signal]),
  });
  try {
    return await inTime(running, `proof "${proof.name}"`, proof.limitSec * 1000);
  } catch (error) {
    // All that it waits for gives up now, and what it has started goes with it.
    stop.abort();
    await inTime(running, "taking it down", GRACE_MS).catch(() => {});
    throw error;
  }
}
