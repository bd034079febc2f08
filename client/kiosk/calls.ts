import type { Moment } from "./times.ts";

export interface CallsDeps {
  readonly moment: () => Moment;
  /** The queue is read: calls wait for it. */
  readonly ready: Promise<unknown>;
  /** Resolves when what the call changed is stored. */
  readonly settle: () => Promise<void>;
}

export type Calls = ReturnType<typeof createCalls>;

/** Calls take effect in their order, also those from before the queue was read. */
export function createCalls({ moment, ready, settle }: CallsDeps) {
  let last: Promise<unknown> = ready;
  return {
    async make<T>(act: (moment: Moment) => T | Promise<T>): Promise<T> {
      const now = moment();
      const acting = last.then(() => act(now));
      last = acting.catch(() => {});
      const result = await acting;
      await settle();
      return result;
    },
    /** Resolves when all calls that were made have taken effect. */
    made: (): Promise<unknown> => last,
  };
}
