import { NOTHING } from "../../../tools/simulate/account.ts";
import type { Outcome, Proof } from "../../../tools/torture/proof.ts";

/** A proof that does nothing, except what a test wants otherwise. */
export function fakeProof(parts: Partial<Proof> = {}): Proof {
  return {
    name: "fake",
    about: "nothing is done",
    needs: [],
    rounds: { full: 9, short: 2 },
    limitSec: 10,
    run: () => Promise.resolve(outcome()),
    ...parts,
  };
}

/** The outcome of a proof that held, except what a test wants otherwise. */
export function outcome({ lost = 0, doubled = 0, faults = [] }: {
  lost?: number;
  doubled?: number;
  faults?: readonly string[];
} = {}): Outcome {
  const account = { ...NOTHING, acknowledged: 12, stored: 12 + doubled - lost, lost, doubled };
  return { account, faults, notes: ["3 attempts"] };
}
