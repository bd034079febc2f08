import { createOneAtATime } from "../../one_at_a_time.ts";
import { makePrivateFolder } from "../../kv/folder.ts";
import { createSealedFile, type SealedFile } from "../../sealed_file.ts";
import type { Recording } from "./recording_schema.ts";
import type { RecordingStore } from "./recording_store.ts";

/** The files of recordings, one writer at a time for each. */
export interface RecordingFiles {
  /** @throws AppError DATABASE_ERROR */
  open(recording: Recording): Promise<SealedFile>;
  /**
   * Has a file for oneself. Who writes to it stops: it is a client's earlier connection, which may
   * seem open for minutes after the network was cut.
   * @param work gets a signal for when it has to stop
   */
  take<T>(recordingId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Removes the files whose rows are gone, also those that a crash has left. */
  clear(): Promise<void>;
}

/** Files removed at a time. */
const MAX_CLEARED = 100;

export function createRecordingFiles(
  { folder, store }: { readonly folder: string; readonly store: RecordingStore },
): RecordingFiles {
  const turns = createOneAtATime();
  const writers = new Map<string, AbortController>();
  // The id is one that this server made.
  const pathOf = (recordingId: string) => `${folder}/${recordingId}`;

  function take<T>(recordingId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    writers.get(recordingId)?.abort();
    const stop = new AbortController();
    writers.set(recordingId, stop);
    return turns.run(recordingId, () => work(stop.signal)).finally(() => {
      if (writers.get(recordingId) === stop) writers.delete(recordingId);
    });
  }

  return {
    take,
    async open(recording) {
      await makePrivateFolder(folder);
      const { recordingId: name } = recording;
      return createSealedFile({ path: pathOf(name), name, key: await store.fileKey(recording) });
    },
    async clear() {
      for (const recordingId of await store.discarded(MAX_CLEARED)) {
        await take(recordingId, () => Deno.remove(pathOf(recordingId)).catch(ifMissing));
        await store.discardDone(recordingId);
      }
    },
  };
}

function ifMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
