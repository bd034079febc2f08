/** Holds something up until a test opens it; `using` opens it also when the test fails. */
export interface Gate {
  readonly wait: () => Promise<void>;
  open(): void;
  [Symbol.dispose](): void;
}

export function closedGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { wait: () => promise, open: resolve, [Symbol.dispose]: resolve };
}
