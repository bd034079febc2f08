import type { Key } from "../kv/port.ts";

/** Every key of authentication. */
export const authKeys = {
  secret: ["auth", "secret"] satisfies Key,
};
