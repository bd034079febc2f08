import type { Clock } from "../clock.ts";
import { kvKeys } from "./keys.ts";
import type { Kv } from "./port.ts";

/**
 * Writes a value and reads it back; milliseconds that it took.
 * @throws when either fails, or what is read is not what was written
 */
export async function probeStorage(kv: Kv, clock: Clock): Promise<number> {
  const started = clock.monotonic();
  await kv.set(kvKeys.probe, started);
  const { value } = await kv.get(kvKeys.probe);
  if (value !== started) throw new Error("Storage gave back another value");
  return Math.round((clock.monotonic() - started) * 100) / 100;
}
