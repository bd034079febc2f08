/**
 * The few operations of a key-value store that Docent uses, with the types of `Deno.Kv`, so that
 * `Deno.openKv()` satisfies it as it is and another engine can stand behind it.
 *
 * `watch` is left out on purpose: see `docs/decisions/002-doorbell-in-process.md`.
 */
export type Kv = Pick<Deno.Kv, "get" | "getMany" | "set" | "delete" | "list" | "atomic" | "close">;

export type Key = Deno.KvKey;

/** One staged change; many of them are committed together with `commitWrites`. */
export type Write =
  | {
    readonly kind: "set";
    readonly key: Key;
    readonly value: unknown;
    readonly expireInMs?: number;
  }
  | { readonly kind: "delete"; readonly key: Key };

/** Adds the staged changes to an atomic operation. */
export function stage(operation: Deno.AtomicOperation, writes: Iterable<Write>): void {
  for (const write of writes) {
    if (write.kind === "delete") operation.delete(write.key);
    else if (write.expireInMs === undefined) operation.set(write.key, write.value);
    else operation.set(write.key, write.value, { expireIn: write.expireInMs });
  }
}
