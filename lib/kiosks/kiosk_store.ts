import { AppError } from "../errors.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import { type Kv, stage, type Write } from "../kv/port.ts";
import { kioskKeys } from "./keys.ts";
import { type KioskRow, kioskRowSchema } from "./schema.ts";

/** All kiosks, in memory as they are stored: who asks with a key is known without a read. */
export interface KioskStore {
  find(kioskId: string): KioskRow | null;
  findByKeyHash(keyHash: string): KioskRow | null;
  all(): KioskRow[];
  /** Stores a kiosk, and what belongs to the deed. */
  save(row: KioskRow, deed: Write): Promise<void>;
  remove(row: KioskRow, deed: Write): Promise<void>;
}

export async function openKioskStore(kv: Kv): Promise<KioskStore> {
  const rows = new Map<string, KioskRow>();
  const byKeyHash = new Map<string, KioskRow>();
  for await (const { key, value } of kv.list({ prefix: kioskKeys.kiosks })) {
    put(decodeJson(key, value, kioskRowSchema));
  }

  function put(row: KioskRow): void {
    drop(row.kioskId);
    rows.set(row.kioskId, row);
    if (row.keyHash !== null) byKeyHash.set(row.keyHash, row);
  }

  function drop(kioskId: string): void {
    const keyHash = rows.get(kioskId)?.keyHash ?? null;
    rows.delete(kioskId);
    if (keyHash !== null) byKeyHash.delete(keyHash);
  }

  async function commit(writes: readonly Write[]): Promise<void> {
    const operation = kv.atomic();
    stage(operation, writes);
    const { ok } = await operation.commit();
    if (!ok) throw new AppError("DATABASE_ERROR", "Kiosk could not be stored");
  }

  return {
    find: (kioskId) => rows.get(kioskId) ?? null,
    findByKeyHash: (keyHash) => byKeyHash.get(keyHash) ?? null,
    all: () => [...rows.values()],
    async save(row, deed) {
      const key = kioskKeys.kiosk(row.kioskId);
      await commit([{ kind: "set", key, value: encodeJson(row) }, deed]);
      put(row);
    },
    async remove({ kioskId }, deed) {
      await commit([{ kind: "delete", key: kioskKeys.kiosk(kioskId) }, deed]);
      drop(kioskId);
    },
  };
}
