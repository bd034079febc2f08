/**
 * V8's collector, as far as the `start` task lets the program ask for it (`--expose-gc`); without
 * that nothing happens. The program knows what V8 cannot: that nobody waits for an answer now, and
 * that small objects hold large bytes.
 */
interface CollectorOptions {
  readonly type: "minor" | "major";
  readonly execution: "sync";
  readonly flavor?: "last-resort";
}

const { gc } = globalThis as { readonly gc?: (options: CollectorOptions) => void };

/** What was made last and is not used any more: a millisecond. */
export function collectYoung(): void {
  gc?.({ type: "minor", execution: "sync" });
}

/** Everything, and closes the gaps between what stays: some tenths of a second for 50 MiB. */
export function collectAll(): void {
  gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
}
