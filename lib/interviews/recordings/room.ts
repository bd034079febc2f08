import type { RecordingSettings } from "../../config/interviews.ts";
import { AppError } from "../../errors.ts";
import type { Recording } from "./recording_schema.ts";
import type { RecordingStore } from "./recording_store.ts";

/** How much recordings may take; an upload counts with its whole size from its start on. */
export interface Room {
  /**
   * @throws AppError PAYLOAD_TOO_LARGE above the limits of one file and of a person, CONFLICT for one
   * upload too many, UNAVAILABLE when all of it is used
   */
  requireFor(userId: string, wish: Wish): Promise<void>;
  add(recording: Recording): void;
  remove(recording: Recording): void;
}

export interface Wish {
  /** Bytes. */
  readonly size: number;
  /** What goes for it. */
  readonly insteadOf: readonly Recording[];
}

export async function createRoom(
  { settings, recordings }: {
    readonly settings: RecordingSettings;
    readonly recordings: Pick<RecordingStore, "usedBytes" | "ofPerson">;
  },
): Promise<Room> {
  let usedBytes = await recordings.usedBytes();

  return {
    async requireFor(userId, { size, insteadOf }) {
      const { maxBytes, maxBytesPerPerson, maxUnfinished, maxBytesInAll } = settings;
      if (size > maxBytes) throw tooLarge("Recording is too large", maxBytes);
      const going = new Set(insteadOf.map(({ recordingId }) => recordingId));
      const own = (await recordings.ofPerson(userId))
        .filter(({ recordingId }) => !going.has(recordingId));
      if (own.filter(({ storedAt }) => storedAt === null).length >= maxUnfinished) {
        throw new AppError("CONFLICT", "Too many uploads are not finished", {
          details: { expected: `at most ${maxUnfinished}; finish or delete one` },
        });
      }
      const left = maxBytesPerPerson - bytesOf(own);
      if (size > left) throw tooLarge("Your recordings take all the room there is for you", left);
      if (usedBytes + size > maxBytesInAll) {
        throw new AppError("UNAVAILABLE", "There is no room for more recordings");
      }
    },
    add: ({ size }) => void (usedBytes += size),
    remove: ({ size }) => void (usedBytes -= size),
  };
}

function bytesOf(recordings: readonly Recording[]): number {
  return recordings.reduce((sum, { size }) => sum + size, 0);
}

function tooLarge(message: string, maxBytes: number): AppError {
  return new AppError("PAYLOAD_TOO_LARGE", message, {
    details: { field: "size", expected: `at most ${Math.max(0, maxBytes)} bytes` },
  });
}
