import type { Clock } from "../clock.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { kioskKeys } from "./keys.ts";
import { type Condition, type PresenceRow, presenceRowSchema } from "./schema.ts";

/** When kiosks were last heard, and what they said of themselves. */
export interface Presence {
  heard(kioskId: string): void;
  report(kioskId: string, condition: Condition): void;
  find(kioskId: string): PresenceRow | null;
  /** Milliseconds since the last sign of life; null for none ever. */
  silentMs(kioskId: string): number | null;
  forget(kioskId: string): void;
  /** Stores what has changed; a timer calls it, and whoever takes the server down. */
  store(): Promise<void>;
}

interface Known extends PresenceRow {
  lastSeenAt: number;
  condition: Condition;
  /** By the monotonic clock: one that is set ahead must not silence all kiosks. */
  heardAt: number;
}

/** Rows in one commit. */
const MAX_ROWS = 100;

/** A write for each heartbeat would cost more than the heartbeat: they are stored now and then. */
export async function openPresence({ kv, clock }: { kv: Kv; clock: Clock }): Promise<Presence> {
  const kiosks = new Map<string, Known>();
  const unstored = new Set<string>();
  for await (const { key, value } of kv.list({ prefix: kioskKeys.conditions })) {
    const row = decodeJson(key, value, presenceRowSchema);
    const silentMs = Math.max(0, clock.now() - row.lastSeenAt);
    kiosks.set(String(key.at(-1)), { ...row, heardAt: clock.monotonic() - silentMs });
  }

  function hear(kioskId: string): Known {
    const known = kiosks.get(kioskId) ?? { lastSeenAt: 0, heardAt: 0, condition: {} };
    known.lastSeenAt = clock.now();
    known.heardAt = clock.monotonic();
    kiosks.set(kioskId, known);
    unstored.add(kioskId);
    return known;
  }

  async function storeSome(kioskIds: readonly string[]): Promise<void> {
    const operation = kv.atomic();
    for (const kioskId of kioskIds) {
      const known = kiosks.get(kioskId);
      if (known === undefined) operation.delete(kioskKeys.condition(kioskId));
      else {
        const { lastSeenAt, condition } = known;
        operation.set(kioskKeys.condition(kioskId), encodeJson({ lastSeenAt, condition }));
      }
    }
    // What is heard meanwhile is not stored by this commit.
    for (const kioskId of kioskIds) unstored.delete(kioskId);
    try {
      await operation.commit();
    } catch (error) {
      for (const kioskId of kioskIds) unstored.add(kioskId);
      throw error;
    }
  }

  return {
    heard: (kioskId) => void hear(kioskId),
    report(kioskId, condition) {
      const known = hear(kioskId);
      known.condition = { ...known.condition, ...condition };
    },
    find: (kioskId) => kiosks.get(kioskId) ?? null,
    silentMs(kioskId) {
      const known = kiosks.get(kioskId);
      return known === undefined ? null : clock.monotonic() - known.heardAt;
    },
    forget(kioskId) {
      if (kiosks.delete(kioskId)) unstored.add(kioskId);
    },
    async store() {
      const kioskIds = [...unstored];
      for (let i = 0; i < kioskIds.length; i += MAX_ROWS) {
        await storeSome(kioskIds.slice(i, i + MAX_ROWS));
      }
    },
  };
}
