import { isOutsideServer, placeOf } from "./layout.ts";

const STORES: ReadonlySet<string> = new Set(["kv", "operation", "op", "atomic"]);
const KEYED_METHODS: ReadonlySet<string> = new Set(["get", "set", "delete", "list", "check"]);
const KEY_PROPERTIES: ReadonlySet<string> = new Set(["prefix", "start", "key"]);

/** True where a KV key may be written out: in a `keys.ts`, and outside the server. */
export function mayWriteKeys(file: string): boolean {
  return file.split("/").at(-1) === "keys.ts" || isOutsideServer(file);
}

/** True when the first argument of `store.method(…)` is a KV key, as far as names can tell. */
export function takesKey(store: string, method: string): boolean {
  return STORES.has(store) && KEYED_METHODS.has(method);
}

/** True when the first argument of `store.method(…)` is a list of KV keys. */
export function takesKeys(store: string, method: string): boolean {
  return STORES.has(store) && method === "getMany";
}

/**
 * True when `{ property: […] }` in that file is a KV key: a bound of a range, or the key of a check
 * or of a staged write. Browser code has no store, there `start` may be a point of a chart.
 */
export function holdsKey(file: string, property: string): boolean {
  return KEY_PROPERTIES.has(property) && !placeOf(file).isBrowserSafe;
}

export const KEY_FAULT = "KV key stands outside keys.ts; name it in the keys.ts of its domain";
