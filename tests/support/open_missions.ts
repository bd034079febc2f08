import { createIds } from "../../lib/ids.ts";
import type { Kv } from "../../lib/kv/port.ts";
import { openLog } from "../../lib/log/mod.ts";
import { createAttemptStore } from "../../lib/missions/attempt_store.ts";
import { createHistoryStore } from "../../lib/missions/history_store.ts";
import {
  type MissionDefinition,
  missionFactSchema,
  openMissions,
  SHIPPED_MISSIONS,
} from "../../lib/missions/mod.ts";
import type { GateLimits } from "../../lib/missions/gates.ts";
import type { Refusal } from "../../lib/missions/record.ts";
import { type TestClock, testClock } from "./test_clock.ts";

export interface MissionsOptions {
  readonly kv?: Kv;
  readonly clock?: TestClock;
  readonly definitions?: readonly MissionDefinition[];
  readonly retainEventsDays?: number;
  readonly gateLimits?: GateLimits;
}

/** The missions domain alone on a real store, with what is below it at hand. */
export async function openTestMissions(options: MissionsOptions = {}) {
  const { clock = testClock(), definitions = SHIPPED_MISSIONS } = options;
  const kv = options.kv ?? await Deno.openKv(":memory:");
  const ids = createIds({ clock });
  const refusals: Refusal[] = [];
  const faults: unknown[] = [];
  let rebuilds = 0;
  const schemas = { missions: missionFactSchema };
  const onError = (_message: string, error: unknown) => void faults.push(error);
  const log = await openLog({ kv, clock, ids, schemas, onError });
  const missions = await openMissions({
    kv,
    log,
    clock,
    ids,
    definitions,
    timeZone: "Asia/Seoul",
    retainEventsDays: options.retainEventsDays ?? null,
    gateLimits: options.gateLimits,
    onRefusal: (reason) => void refusals.push(reason),
    onFeedError() {},
    onRebuild: () => void rebuilds++,
    onUnreadable: (error) => void faults.push(error),
  });
  return {
    kv,
    clock,
    log,
    missions,
    attempts: createAttemptStore(kv),
    history: createHistoryStore(kv),
    /** Why events were refused, in order. */
    refusals,
    /** How often rows were told to be made anew. */
    rebuilds: () => rebuilds,
    /** Errors of the projection, and histories that cannot be read. */
    faults,
    async [Symbol.asyncDispose](): Promise<void> {
      await log.close();
      if (options.kv === undefined) kv.close();
    },
  };
}
