import { z } from "zod";
import type { Kv } from "../kv/port.ts";
import type { Sealer } from "../sealing.ts";
import { interviewKeys } from "./keys.ts";

/** Rows that are listed together. */
const BATCH = 100;

/**
 * Seals with the newest key what an older one sealed, and gives how many values that were. Each is
 * changed by itself, so that what was done before an interruption stays done.
 * @throws AppError DATABASE_ERROR when no key opens a value
 */
export async function resealInterviews(kv: Kv, sealer: Sealer): Promise<number> {
  let count = 0;
  for (const prefix of interviewKeys.sealed) {
    for await (const { key, value, versionstamp } of kv.list({ prefix }, { batchSize: BATCH })) {
      if (!sealer.isOld(value)) continue;
      const content = await sealer.open(key, value, z.unknown());
      const sealed = await sealer.seal(key, content);
      const { ok } = await kv.atomic().check({ key, versionstamp }).set(key, sealed).commit();
      if (ok) count++;
    }
  }
  return count;
}
