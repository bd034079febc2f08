import { z } from "zod";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { authKeys } from "./keys.ts";

const secretSchema = z.object({ secret: z.string().min(32) });

/**
 * The secret that signs tokens, where none is set: made once and kept in the store, whose file
 * only its owner can read.
 */
export async function loadSecret(kv: Kv): Promise<string> {
  const stored = await kv.get(authKeys.secret);
  if (stored.value !== null) return decodeJson(stored.key, stored.value, secretSchema).secret;
  const secret = crypto.getRandomValues(new Uint8Array(48)).toBase64();
  await kv.set(authKeys.secret, encodeJson({ secret }));
  return secret;
}
