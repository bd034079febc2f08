import { newSecret } from "../../key_file.ts";
import { decodeJson, encodeJson } from "../../kv/json_value.ts";
import type { Key, Kv } from "../../kv/port.ts";
import { toFileKey } from "../../sealed_file.ts";
import type { Sealer } from "../../sealing.ts";
import { interviewKeys, type SessionPlace } from "../keys.ts";
import {
  fileKeySchema,
  type Recording,
  type RecordingPlace,
  recordingSchema,
} from "./recording_schema.ts";

/** Where an upload lies that was begun, and when that was. */
export type Begun = RecordingPlace & Pick<Recording, "createdAt">;

/**
 * Rows of recordings; the key of each file lies beside its row, sealed. A row that cannot be read
 * stands for an upload without a byte: it keeps nobody from starting the server, from seeing the
 * interview or from deleting all of it.
 */
export interface RecordingStore {
  find(place: RecordingPlace): Promise<Recording | null>;
  ofSession(place: SessionPlace): Promise<Recording[]>;
  ofPerson(userId: string): Promise<Recording[]>;
  /** Of everybody; an upload counts with its whole size. */
  usedBytes(): Promise<number>;
  /** Not whole, and begun by then. */
  unfinished(before: number, limit: number): Promise<Begun[]>;
  /** @throws AppError DATABASE_ERROR */
  fileKey(place: RecordingPlace): Promise<CryptoKey>;
  /** A new one, with a key of its own. */
  stageNew(operation: Deno.AtomicOperation, recording: Recording): Promise<void>;
  /** It is whole. */
  stageStored(operation: Deno.AtomicOperation, recording: Recording): void;
  /** Row and key go at once, so nobody reads the file any more; the file itself is left to do. */
  stageRemoval(operation: Deno.AtomicOperation, recording: Recording): void;
  /** Files that are left to do, as ids. */
  discarded(limit: number): Promise<string[]>;
  discardDone(recordingId: string): Promise<void>;
}

export function createRecordingStore(
  { kv, sealer, onUnreadable }: {
    readonly kv: Kv;
    readonly sealer: Sealer;
    readonly onUnreadable: (error: unknown) => void;
  },
): RecordingStore {
  function toRecording(key: Key, value: unknown): Recording {
    try {
      return decodeJson(key, value, recordingSchema);
    } catch (error) {
      onUnreadable(error);
      return unreadableAt(key);
    }
  }

  async function list(prefix: Key): Promise<Recording[]> {
    const found: Recording[] = [];
    for await (const { key, value } of kv.list({ prefix })) {
      found.push(toRecording(key, value));
    }
    return found;
  }

  const rowKey = (place: RecordingPlace) => interviewKeys.recording(place, place.recordingId);
  const secretKey = (place: RecordingPlace) => interviewKeys.recordingKey(place, place.recordingId);

  return {
    async find(place) {
      const { key, value } = await kv.get(rowKey(place));
      return value === null ? null : toRecording(key, value);
    },
    ofSession: (place) => list(interviewKeys.recordings(place)),
    ofPerson: (userId) => list(interviewKeys.allRecordings(userId)),
    async usedBytes() {
      let bytes = 0;
      for await (const { key, value } of kv.list({ prefix: interviewKeys.everyRecording })) {
        bytes += toRecording(key, value).size;
      }
      return bytes;
    },
    async unfinished(before, limit) {
      const start = interviewKeys.uploadsByStart;
      const begun: Begun[] = [];
      for await (const { key } of kv.list({ start, end: [...start, before] }, { limit })) {
        begun.push({ ...placeOf(key), createdAt: Number(key.at(-4)) });
      }
      return begun;
    },
    async fileKey(place) {
      const { key, value } = await kv.get(secretKey(place));
      const { secret } = await sealer.open(key, value, fileKeySchema);
      return await toFileKey(Uint8Array.fromBase64(secret));
    },
    async stageNew(operation, recording) {
      const key = secretKey(recording);
      const secret = newSecret().toBase64();
      operation.set(rowKey(recording), encodeJson(recording));
      operation.set(key, await sealer.seal(key, { secret }));
      operation.set(interviewKeys.uploadByStart(recording), null);
    },
    stageStored(operation, recording) {
      operation.set(rowKey(recording), encodeJson(recording));
      operation.delete(interviewKeys.uploadByStart(recording));
    },
    stageRemoval(operation, recording) {
      operation.delete(rowKey(recording));
      operation.delete(secretKey(recording));
      operation.delete(interviewKeys.uploadByStart(recording));
      operation.set(interviewKeys.discarded(recording.recordingId), null);
    },
    async discarded(limit) {
      const ids: string[] = [];
      const prefix = interviewKeys.allDiscarded;
      for await (const { key } of kv.list({ prefix }, { limit })) ids.push(String(key.at(-1)));
      return ids;
    },
    discardDone: (recordingId) => kv.delete(interviewKeys.discarded(recordingId)),
  };
}

/** Of a key that ends with it. */
function placeOf(key: Key): RecordingPlace {
  const [userId, sessionId, recordingId] = key.slice(-3).map(String);
  return { userId, sessionId, recordingId };
}

function unreadableAt(key: Key): Recording {
  return { ...placeOf(key), askedId: "", size: 0, media: null, createdAt: 0, storedAt: null };
}
