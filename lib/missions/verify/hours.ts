import { toIso } from "../../clock.ts";
import type { Kv } from "../../kv/port.ts";
import { CORE } from "../analytics/core.ts";
import { createDetail } from "../analytics/detail.ts";
import { HOUR_MS, hourOf } from "../analytics/hour.ts";
import { createHourStore, type HourStore } from "../analytics/hour_store.ts";
import { counted, type PartialKind, type PartialResult } from "../analytics/partial.ts";
import type { AttemptStore } from "../attempt_store.ts";
import type { Missions } from "../definitions.ts";
import { missionKeys } from "../keys.ts";
import type { AttemptRow } from "../schema.ts";
import { type Difference, isNear } from "./compare.ts";

export interface VerifyHoursDeps {
  readonly kv: Kv;
  readonly attempts: AttemptStore;
  readonly missions: Missions;
}

/** The figures that are kept of each hour against those that its rows make. */
export async function* verifyHours(deps: VerifyHoursDeps): AsyncGenerator<Difference> {
  const store = createHourStore(deps.kv);
  const detail = createDetail(deps.missions);
  const hours = new Set<string>();
  for await (const ofHour of rowsByHour(deps)) {
    const { missionType, hour } = ofHour;
    hours.add(nameOf(missionType, hour));
    // A marked hour is made anew before it is used.
    if ((await store.marks(missionType, { from: hour, to: hour + HOUR_MS })).size > 0) continue;
    for (
      const message of [await compare(store, CORE, ofHour), await compare(store, detail, ofHour)]
    ) {
      if (message !== null) yield { attemptId: null, message };
    }
  }
  for await (const { key } of deps.kv.list({ prefix: missionKeys.hours }, SCAN)) {
    const [kind, missionType, hour, part] = key.slice(-4);
    const name = nameOf(String(missionType), Number(hour));
    if (part !== 0 || hours.has(name)) continue;
    yield { attemptId: null, message: `${name} has ${String(kind)} figures and no attempts` };
  }
}

const SCAN = { batchSize: 500 };

function nameOf(missionType: string, hour: number): string {
  return `Hour ${toIso(hour)} of ${missionType}`;
}

async function compare<S>(
  store: HourStore,
  kind: PartialKind<S>,
  { missionType, hour, rows }: RowsOfHour,
): Promise<string | null> {
  const read = store.read(kind, missionType, { from: hour, to: hour + HOUR_MS });
  const stored = (await read.next()).value?.[1];
  const name = nameOf(missionType, hour);
  if (stored === undefined) return `${name} has no ${kind.name} figures and is not marked`;
  const made = kind.of(counted(rows));
  return isNear(plain(stored), plain(made)) ? null : `${name} has other ${kind.name} figures`;
}

function plain<S>({ sums, samples }: PartialResult<S>) {
  const arrays = Object.entries(samples).map(([name, sample]) => [name, [...sample]]);
  return { sums: JSON.parse(JSON.stringify(sums)), samples: Object.fromEntries(arrays) };
}

interface RowsOfHour {
  readonly missionType: string;
  readonly hour: number;
  readonly rows: readonly AttemptRow[];
}

/** The rows of an hour together; the walk is by start, so an hour is whole when it is left. */
async function* rowsByHour({ kv, attempts }: VerifyHoursDeps): AsyncGenerator<RowsOfHour> {
  let hour = -Infinity;
  let byMission = new Map<string, string[]>();
  async function* leave() {
    for (const [missionType, ids] of byMission) {
      const rows = (await attempts.findMany(ids)).filter((row) => row !== null);
      yield { missionType, hour, rows };
    }
  }
  for await (const { key } of kv.list({ prefix: missionKeys.startedAll }, SCAN)) {
    const [startAt, missionType, attemptId] = key.slice(-3);
    const startHour = hourOf(Number(startAt));
    if (startHour !== hour) {
      yield* leave();
      hour = startHour;
      byMission = new Map();
    }
    const ids = byMission.get(String(missionType));
    if (ids === undefined) byMission.set(String(missionType), [String(attemptId)]);
    else ids.push(String(attemptId));
  }
  yield* leave();
}
