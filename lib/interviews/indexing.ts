import type { Kv } from "../kv/port.ts";
import { interviewKeys, type SessionPlace } from "./keys.ts";

/** Set in one commit. */
const BATCH = 500;

/**
 * Puts sessions into the index of all by time that were stored before there was one: without it
 * they were never too old. Once for a store; begun again after an interruption, to the same effect.
 */
export async function indexSessions(kv: Kv): Promise<void> {
  const done = await kv.get(interviewKeys.sessionsIndexed);
  if (done.value !== null) return;
  let operation = kv.atomic();
  let count = 0;
  for await (const { key } of kv.list({ prefix: interviewKeys.sessionsByStarts })) {
    operation.set(interviewKeys.sessionByTime(placeOf(key)), null);
    if (++count % BATCH !== 0) continue;
    await operation.commit();
    operation = kv.atomic();
  }
  await operation.set(interviewKeys.sessionsIndexed, true).commit();
}

/** Of a key of the index of one person's by time. */
function placeOf(key: readonly Deno.KvKeyPart[]): SessionPlace & { readonly startedAt: number } {
  const [userId, startedAt, sessionId] = key.slice(-3);
  return { userId: String(userId), startedAt: Number(startedAt), sessionId: String(sessionId) };
}
