import type { Account } from "../simulate/account.ts";
import type { Need } from "./needs.ts";

/** Something that is done to a running server, after which nothing may be lost or doubled. */
export interface Proof {
  /** In lower case, as `--only` takes it. */
  readonly name: string;
  /** What is done, for a table. */
  readonly about: string;
  readonly needs: readonly Need[];
  /** How often it is done. */
  readonly rounds: { readonly full: number; readonly short: number };
  /** Longer than this it may not take, in the long form. */
  readonly limitSec: number;
  /** @throws Error when the server does not do what it must besides */
  run(scene: Scene): Promise<Outcome>;
}

/** What a proof is given. */
export interface Scene {
  readonly rounds: number;
  readonly isShort: boolean;
  /** Aborted when the proof takes too long: it then ends, and takes down what it has started. */
  readonly signal: AbortSignal;
}

export interface Outcome {
  readonly account: Account;
  /** In what the server's account differs from the client's besides; empty when it held. */
  readonly faults: readonly string[];
  /** What happened, with figures. */
  readonly notes: readonly string[];
}
