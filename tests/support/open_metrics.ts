import { createIds } from "../../lib/ids.ts";
import type { Kv } from "../../lib/kv/port.ts";
import { openLog } from "../../lib/log/mod.ts";
import {
  type Accepted,
  metricsFactSchema,
  openMetrics,
  type OpenMetricsDeps,
  type Origin,
  type Outcomes,
} from "../../lib/metrics/mod.ts";
import { type TestClock, testClock } from "./test_clock.ts";

export interface MetricsOptions extends Partial<OpenMetricsDeps> {
  readonly kv?: Kv;
  readonly clock?: TestClock;
}

export const ORIGIN: Origin = { source: "key_1", country: "unknown", device: "unknown" };

/** The metrics alone on a real store. */
export async function openTestMetrics(options: MetricsOptions = {}) {
  const { clock = testClock() } = options;
  const kv = options.kv ?? await Deno.openKv(":memory:");
  const ids = createIds({ clock });
  const outcomes: Outcomes[] = [];
  const faults: unknown[] = [];
  const log = await openLog({
    kv,
    clock,
    ids,
    schemas: { metrics: metricsFactSchema },
    onError: (_message, error) => void faults.push(error),
    limits: { retryMs: 1 },
  });
  const metrics = await openMetrics({
    log,
    ids,
    timeZone: "Asia/Seoul",
    conversionEvents: [],
    readForeign: (facts) => Promise.resolve(facts.map(() => null)),
    attemptsEnded: () => Promise.resolve({ converted: 0, total: 0 }),
    measured: () => ({
      from: clock.now(),
      requests: 0,
      responseMs: 0,
      failures: 0,
      received: 0,
      refused: 0,
    }),
    onOutcomes: (counts) => void outcomes.push(counts),
    onListenerError: (error) => void faults.push(error),
    ...options,
    kv,
    clock,
  });
  return {
    kv,
    clock,
    log,
    metrics,
    outcomes,
    /** Errors of the projection and of listeners. */
    faults,
    /** Stores events that must all be good. */
    async send(...items: readonly unknown[]): Promise<Accepted[]> {
      const results = await metrics.record(items, ORIGIN);
      return results.map((result) => {
        if (result instanceof Error) throw result;
        return result;
      });
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await log.close();
      if (options.kv === undefined) kv.close();
    },
  };
}

export type TestMetrics = Awaited<ReturnType<typeof openTestMetrics>>;
