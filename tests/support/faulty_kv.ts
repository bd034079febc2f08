import type { Kv } from "../../lib/kv/port.ts";
import { closedGate, type Gate } from "./gate.ts";

/**
 * What becomes of a commit:
 * - `none`: what should;
 * - `fail`: it throws and nothing is stored;
 * - `lose`: it is stored, and throws all the same;
 * - `deny`: it is stored, and answers that it was not (a repeated request does);
 * - `late`: it throws, and is stored just before the next commit.
 */
export type Fault = "none" | "fail" | "lose" | "deny" | "late";

/** A real store whose commits a test holds back or spoils. */
export interface FaultyKv {
  readonly kv: Kv;
  /** Commits that were asked for, held ones included. */
  commits(): number;
  /** Spoils the next commits, in turn. */
  spoil(...faults: Fault[]): void;
  /** Keeps all commits waiting until the gate is opened. */
  hold(): Gate;
}

export function faultyKv(real: Kv): FaultyKv {
  const faults: Fault[] = [];
  const late: (() => Promise<unknown>)[] = [];
  let held: Gate | null = null;
  let commits = 0;

  async function answer(commit: () => Promise<Deno.KvCommitResult | Deno.KvCommitError>) {
    commits++;
    await held?.wait();
    for (const write of late.splice(0)) await write();
    const fault = faults.shift();
    if (fault === "late") late.push(commit);
    if (fault === "lose" || fault === "deny") await commit();
    if (fault === "deny") return { ok: false as const };
    if (fault !== undefined && fault !== "none") throw new Error("disk I/O error");
    return await commit();
  }

  const kv: Kv = {
    get: (...args) => real.get(...args),
    getMany: (...args) => real.getMany(...args),
    set: (...args) => real.set(...args),
    delete: (...args) => real.delete(...args),
    list: (...args) => real.list(...args),
    close: () => real.close(),
    atomic() {
      const operation = real.atomic();
      const commit = operation.commit.bind(operation);
      operation.commit = () => answer(commit);
      return operation;
    },
  };
  return {
    kv,
    commits: () => commits,
    spoil: (...more) => faults.push(...more),
    hold() {
      held = closedGate();
      return held;
    },
  };
}
