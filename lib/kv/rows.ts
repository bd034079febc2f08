import type { z } from "zod";
import { takeJson } from "./json_value.ts";
import { MAX_KEYS_PER_READ } from "./limits.ts";
import type { Key, Kv } from "./port.ts";

/** Under way together: fifty rows take half the time of one read after the other. */
const READS_AT_ONCE = 10;

/**
 * The rows under several keys, in their order; null where there is none.
 * @throws AppError DATABASE_ERROR for a value that is not what the schema says
 */
export async function readRows<T>(
  kv: Kv,
  keys: readonly Key[],
  schema: z.ZodType<T>,
): Promise<(T | null)[]> {
  const rows: (T | null)[] = [];
  for (const together of inParts(inParts(keys, MAX_KEYS_PER_READ), READS_AT_ONCE)) {
    // Some are decoded while the store reads the others.
    const read = await Promise.all(
      together.map(async (part) =>
        (await kv.getMany<unknown[]>(part)).map(({ key, value }) =>
          value === null ? null : takeJson(key, value, schema)
        )
      ),
    );
    rows.push(...read.flat());
  }
  return rows;
}

function inParts<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < all.length; from += size) parts.push(all.slice(from, from + size));
  return parts;
}
