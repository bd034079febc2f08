import type { Key } from "./port.ts";

/** Keys of the store's own concerns. */
export const kvKeys = {
  probe: ["kv", "probe"] satisfies Key,
};
