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

/** Rows of recordings; the key of each file lies beside its row, sealed. */
export interface RecordingStore {
  find(place: RecordingPlace): Promise<Recording | null>;
  ofSession(place: SessionPlace): Promise<Recording[]>;
  ofPerson(userId: string): Promise<Recording[]>;
  /** Of everybody. */
  all(): Promise<Recording[]>;
  /** Not whole, and begun by then. */
  unfinished(before: number, limit: number): Promise<RecordingPlace[]>;
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
  { kv, sealer }: { readonly kv: Kv; readonly sealer: Sealer },
): RecordingStore {
  async function list(prefix: Key): Promise<Recording[]> {
    const found: Recording[] = [];
    for await (const { key, value } of kv.list({ prefix })) {
      found.push(decodeJson(key, value, recordingSchema));
    }
    return found;
  }

  const rowKey = (place: RecordingPlace) => interviewKeys.recording(place, place.recordingId);
  const secretKey = (place: RecordingPlace) => interviewKeys.recordingKey(place, place.recordingId);

  return {
    async find(place) {
      const { key, value } = await kv.get(rowKey(place));
      return value === null ? null : decodeJson(key, value, recordingSchema);
    },
    ofSession: (place) => list(interviewKeys.recordings(place)),
    ofPerson: (userId) => list(interviewKeys.allRecordings(userId)),
    all: () => list(interviewKeys.everyRecording),
    async unfinished(before, limit) {
      const start = interviewKeys.uploadsByStart;
      const places: RecordingPlace[] = [];
      for await (const { key } of kv.list({ start, end: [...start, before] }, { limit })) {
        const [userId, sessionId, recordingId] = key.slice(-3).map(String);
        places.push({ userId, sessionId, recordingId });
      }
      return places;
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
