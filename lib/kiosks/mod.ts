import type { Audit, Deed } from "../audit/mod.ts";
import { findKiosk } from "../auth/kiosk_keys.ts";
import { randomToken } from "../auth/random_token.ts";
import { type Clock, toIso } from "../clock.ts";
import { sha256 } from "../digest.ts";
import { AppError } from "../errors.ts";
import type { Ids } from "../ids.ts";
import type { Kv } from "../kv/port.ts";
import { createOneAtATime } from "../one_at_a_time.ts";
import type { TextLine } from "../text_lines.ts";
import { createCommands } from "./commands.ts";
import { openKioskStore } from "./kiosk_store.ts";
import { createLines, type KioskLine, type SendCommand } from "./lines.ts";
import { createPairingCodes, type PairingCode } from "./pairing_codes.ts";
import { openPresence } from "./presence.ts";
import { readQueueFile } from "./queue_file.ts";
import type { Command, Condition, KioskRow, NewKiosk, PresenceRow } from "./schema.ts";
import { stateOf } from "./state.ts";
import type { KioskView } from "./view.ts";

export type { KioskLine, SendCommand } from "./lines.ts";
export { MAX_QUEUE_LINE_BYTES, type QueueFile } from "./queue_file.ts";
export type { PairingCode } from "./pairing_codes.ts";
export {
  type Command,
  commandSchema,
  type Condition,
  conditionSchema,
  type NewKiosk,
  newKioskSchema,
  type QueueReport,
} from "./schema.ts";

export interface KiosksDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: Audit;
  /** Kiosk ids by key, as the settings name them. */
  readonly fixed: ReadonlyMap<string, string>;
}

export type Kiosks = Awaited<ReturnType<typeof openKiosks>>;

/** More than a hall has; all of them are shown together. */
const MAX_KIOSKS = 500;
const MAX_OLD_KEYS = 5;

/** The kiosks of the hall: who they are, how they are, and what they are told. */
export async function openKiosks({ kv, clock, ids, audit, fixed }: KiosksDeps) {
  const store = await openKioskStore(kv);
  const presence = await openPresence({ kv, clock });
  const codes = createPairingCodes(clock);
  const commands = createCommands(clock);
  const turns = createOneAtATime();
  const fixedIds = new Set(fixed.values());
  const lines = createLines({ ...presence, ...commands });
  const isKnown = (kioskId: string) => fixedIds.has(kioskId) || store.find(kioskId) !== null;

  /** @throws AppError NOT_FOUND; CONFLICT for one that the settings name */
  function getChangeable(kioskId: string): KioskRow {
    if (fixedIds.has(kioskId)) {
      throw new AppError("CONFLICT", "Kiosk is named by KIOSK_KEYS, change it there");
    }
    const row = store.find(kioskId);
    if (row === null) throw new AppError("NOT_FOUND", "Kiosk is not known");
    return row;
  }

  function forget(kioskId: string): void {
    codes.close(kioskId);
    lines.detach(kioskId);
    commands.forget(kioskId);
    presence.forget(kioskId);
  }

  function toView(kioskId: string, row: KioskRow | null): KioskView {
    const { condition = {}, lastSeenAt = null } = presence.find(kioskId) ?? {};
    const isPaired = row === null || row.keyHash !== null;
    const iso = (at: number | null | undefined) => at == null ? null : toIso(at);
    return {
      kioskId,
      name: row?.name ?? kioskId.replace(/^kiosk_/, ""),
      place: row?.place ?? "",
      state: stateOf(isPaired, presence.silentMs(kioskId)),
      isFixed: row === null,
      lastSeenAt: iso(lastSeenAt),
      pairedAt: iso(row?.pairedAt),
      codeExpiresAt: iso(codes.find(kioskId)?.expiresAt),
      queue: condition.queue ?? null,
      battery: condition.battery ?? null,
      charging: condition.charging ?? null,
      page: condition.page ?? null,
      lastTouchAt: iso(lastTouchOf(condition)),
      version: condition.version ?? null,
      clockOffsetMs: condition.clockOffsetMs ?? null,
      command: commands.newest(kioskId),
    };
  }

  /** @throws AppError NOT_FOUND */
  function keysOf(kioskId: string): string[] {
    get(kioskId);
    const row = store.find(kioskId);
    if (row !== null) return [row.keyHash ?? [], row.oldKeyHashes].flat();
    return [...fixed].filter(([, id]) => id === kioskId).map(([key]) => sha256(key));
  }

  /** @throws AppError NOT_FOUND */
  function get(kioskId: string): KioskView {
    if (!isKnown(kioskId)) throw new AppError("NOT_FOUND", "Kiosk is not known");
    return toView(kioskId, store.find(kioskId));
  }

  return {
    get,
    /** By name. */
    list(): KioskView[] {
      const rows = store.all().map((row) => toView(row.kioskId, row));
      return [...rows, ...[...fixedIds].map((kioskId) => toView(kioskId, null))]
        .sort((a, b) => a.name.localeCompare(b.name) || (a.kioskId < b.kioskId ? -1 : 1));
    },
    /**
     * Adds a kiosk, and opens a code for its device.
     * @throws AppError CONFLICT when there are too many
     */
    async add({ name, place }: NewKiosk, by: string) {
      if (store.all().length >= MAX_KIOSKS) {
        throw new AppError("CONFLICT", "There are too many kiosks, remove some first", {
          details: { expected: `at most ${MAX_KIOSKS}` },
        });
      }
      const row: KioskRow = {
        kioskId: ids.kiosk(),
        name,
        place,
        keyHash: null,
        oldKeyHashes: [],
        pairedAt: null,
        createdAt: clock.now(),
        createdBy: by,
      };
      const { kioskId } = row;
      const deed: Deed = { action: "kiosk.added", target: kioskId, by, detail: name };
      await store.save(row, audit.write(deed));
      const code = codes.open(kioskId, by);
      return { kiosk: get(kioskId), code };
    },

    /**
     * Gives a kiosk another name, or place; what it did before stays with it.
     * @throws AppError NOT_FOUND, CONFLICT
     */
    rename(kioskId: string, { name, place }: NewKiosk, by: string): Promise<KioskView> {
      return turns.run(kioskId, async () => {
        const row = getChangeable(kioskId);
        const deed: Deed = { action: "kiosk.renamed", target: kioskId, by, detail: name };
        await store.save({ ...row, name, place }, audit.write(deed));
        return get(kioskId);
      });
    },

    /**
     * Opens a code for another device of a kiosk; the one that it has goes on until then.
     * @throws AppError NOT_FOUND, CONFLICT
     */
    async openCode(kioskId: string, by: string): Promise<PairingCode> {
      getChangeable(kioskId);
      await audit.record({ action: "kiosk.code_opened", target: kioskId, by });
      return codes.open(kioskId, by);
    },

    /**
     * Makes the key of a kiosk, for whoever has its code; an older key is good no more.
     * @throws AppError AUTH_FAILED for a code that is not open; RATE_LIMIT
     */
    async pair(sixDigits: string) {
      // At once: a second one with the same code finds it used.
      const { kioskId, by } = codes.take(sixDigits);
      return await turns.run(kioskId, async () => {
        const kioskKey = `kk_${randomToken()}`;
        const row = withKey(getChangeable(kioskId), sha256(kioskKey), clock.now());
        await store.save(row, audit.write({ action: "kiosk.paired", target: kioskId, by }));
        // What the older device was, the new one is not.
        forget(kioskId);
        presence.heard(kioskId);
        return { kiosk: get(kioskId), kioskKey };
      });
    },

    /** @throws AppError NOT_FOUND, CONFLICT */
    remove(kioskId: string, by: string): Promise<KioskView> {
      return turns.run(kioskId, async () => {
        const row = getChangeable(kioskId);
        const removed = toView(kioskId, row);
        const deed: Deed = { action: "kiosk.removed", target: kioskId, by, detail: row.name };
        await store.remove(row, audit.write(deed));
        forget(kioskId);
        return removed;
      });
    },

    /**
     * Tells a kiosk something: at once where a socket is open, else with its next heartbeat.
     * @throws AppError NOT_FOUND; CONFLICT before a device is paired
     */
    async command(kioskId: string, command: Command, by: string): Promise<KioskView> {
      if (get(kioskId).state === "unpaired") {
        throw new AppError("CONFLICT", "Kiosk has no device yet, pair one first");
      }
      const detail = command.name === "message" ? `message: ${command.text}` : command.name;
      await audit.record({ action: "kiosk.commanded", target: kioskId, by, detail });
      commands.add(kioskId, command, by);
      if (get(kioskId).state === "online") lines.deliver(kioskId);
      return get(kioskId);
    },

    /** The kiosk that a key is of, and which is there then; null when it is nobody's. */
    recognise(key: string): string | null {
      const kioskId = findKiosk(fixed, key) ?? store.findByKeyHash(sha256(key))?.kioskId ?? null;
      if (kioskId !== null) presence.heard(kioskId);
      return kioskId;
    },
    /**
     * Takes what a kiosk says of itself without a socket, and gives what waits for it.
     * @throws AppError NOT_FOUND when it was removed a moment ago
     */
    heartbeat(kioskId: string, condition: Condition): Command[] {
      get(kioskId);
      presence.report(kioskId, condition);
      return commands.take(kioskId);
    },
    /** A socket of a kiosk; null when there is no such kiosk. */
    openLine(kioskId: string, send: SendCommand): KioskLine | null {
      return isKnown(kioskId) ? lines.open(kioskId, send) : null;
    },
    /**
     * Reads what a kiosk could not send, from a file that was carried here.
     * @throws AppError as `readQueueFile`
     */
    readQueueFile: (lines: AsyncIterable<TextLine>) => readQueueFile(lines, keysOf),
    /** Stores when kiosks were heard; the timer's step. */
    storePresence: presence.store,
  };
}

/** By our clock, as far as the kiosk knows how far its own is ahead. */
function lastTouchOf({ lastTouchAt, clockOffsetMs = 0 }: PresenceRow["condition"]): number | null {
  return lastTouchAt === undefined ? null : lastTouchAt - clockOffsetMs;
}

function withKey(row: KioskRow, keyHash: string, pairedAt: number): KioskRow {
  const old = [row.keyHash ?? [], row.oldKeyHashes].flat().slice(0, MAX_OLD_KEYS);
  return { ...row, keyHash, oldKeyHashes: old, pairedAt };
}
