import type { z } from "zod";
import { decodeJson } from "./json_value.ts";
import type { Key, Kv } from "./port.ts";

export interface JsonRows<T> {
  readonly prefix: Key;
  readonly schema: z.ZodType<T>;
  /** Gets the DATABASE_ERROR of a row that cannot be read; it is left out, and stays stored. */
  readonly onUnreadable: (error: unknown) => void;
}

/** What lies under a prefix. One row that cannot be read keeps nobody from the others. */
export async function* listJson<T>(
  kv: Kv,
  { prefix, schema, onUnreadable }: JsonRows<T>,
): AsyncGenerator<T> {
  for await (const { key, value } of kv.list({ prefix })) {
    let row: T;
    try {
      row = decodeJson(key, value, schema);
    } catch (error) {
      onUnreadable(error);
      continue;
    }
    yield row;
  }
}
