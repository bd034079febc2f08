import type { Clock } from "../../clock.ts";
import type { RecordingSettings } from "../../config/interviews.ts";
import { AppError } from "../../errors.ts";
import type { Ids } from "../../ids.ts";
import type { Kv } from "../../kv/port.ts";
import type { OneAtATime } from "../../one_at_a_time.ts";
import type { SealedFile } from "../../sealed_file.ts";
import type { SessionPlace } from "../keys.ts";
import type { Session } from "../schema.ts";
import { asOf, getAsked, requireActive, requireUnanswered, withAsked } from "../session_life.ts";
import type { SessionStore } from "../session_store.ts";
import type { Watcher } from "../watching.ts";
import { withKnownStart } from "./media_type.ts";
import { probe } from "./probe.ts";
import { createRecordingFiles } from "./recording_files.ts";
import type { Media, Recording, RecordingInput, RecordingPlace } from "./recording_schema.ts";
import type { RecordingStore } from "./recording_store.ts";
import { createRoom } from "./room.ts";

export interface RecordingsDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly settings: RecordingSettings;
  /** Null where files are not kept: with a store in memory. */
  readonly folder: string | null;
  readonly store: SessionStore;
  readonly recordings: RecordingStore;
  /** One change at a time for each person. */
  readonly turns: OneAtATime;
  readonly tell: Watcher;
}

export type Recordings = Awaited<ReturnType<typeof openRecordings>>;

/** A piece of an upload. */
export interface Piece {
  /** Where it belongs: bytes that the client takes for stored. */
  readonly offset: number;
  /** The bytes as they come, until the signal. */
  readonly read: (signal: AbortSignal) => AsyncIterable<Uint8Array>;
}

/** Removed together. */
const MAX_REMOVED = 100;

/** Recorded answers: uploaded in pieces, sealed in files, read from any byte on (P-40). */
export async function openRecordings(deps: RecordingsDeps) {
  const { kv, clock, settings, store, recordings, turns } = deps;
  const files = createRecordingFiles({ folder: deps.folder ?? "", store: recordings });
  const room = await createRoom({ settings, recordings });

  /** @throws AppError NOT_FOUND */
  async function get(place: RecordingPlace): Promise<Recording> {
    const recording = await recordings.find(place);
    if (recording === null) throw new AppError("NOT_FOUND", "Recording is not known");
    return recording;
  }

  /** @throws AppError NOT_FOUND */
  async function getSession(place: SessionPlace): Promise<Session> {
    const session = await store.find(place);
    if (session === null) throw new AppError("NOT_FOUND", "Session is not known");
    return session;
  }

  async function start(place: SessionPlace, input: RecordingInput): Promise<Recording> {
    const session = await getSession(place);
    if (deps.folder === null) throw new AppError("UNAVAILABLE", "Recordings are not kept here");
    const asked = getAsked(session, input.questionId);
    requireUnanswered(asked);
    requireActive(asOf(session, clock.now()));
    const earlier = (await recordings.ofSession(place))
      .filter(({ askedId, storedAt }) => askedId === asked.askedId && storedAt === null);
    await room.requireFor(place.userId, { size: input.size, insteadOf: earlier });
    const recording: Recording = {
      ...place,
      recordingId: deps.ids.recording(),
      askedId: asked.askedId,
      size: input.size,
      media: null,
      createdAt: clock.now(),
      storedAt: null,
    };
    const operation = kv.atomic();
    await recordings.stageNew(operation, recording);
    const removed = stageRemoval(operation, earlier);
    await operation.commit();
    room.add(recording);
    await removed();
    return recording;
  }

  async function write(place: RecordingPlace, { offset, read }: Piece): Promise<number> {
    return await files.take(place.recordingId, async (signal) => {
      const recording = await get(place);
      const file = await files.open(recording);
      const stored = await file.length();
      if (offset !== stored || recording.storedAt !== null) throw misplaced(stored);
      return await file.append(withKnownStart(read(signal), offset), recording.size);
    });
  }

  /** Takes a whole upload for the question's recording, in the place of an earlier one. */
  async function settle(recording: Recording, media: Media): Promise<Recording> {
    const before = await getSession(recording);
    const asked = getAsked(before, recording.askedId);
    requireUnanswered(asked);
    const stored: Recording = { ...recording, media, storedAt: clock.now() };
    const session = withAsked(before, asked.askedId, { recordingId: stored.recordingId });
    const operation = kv.atomic();
    recordings.stageStored(operation, stored);
    store.stage(operation, before, session);
    const earlier = (await recordings.ofSession(recording))
      .filter(({ recordingId }) => recordingId === asked.recordingId);
    const removed = stageRemoval(operation, earlier);
    await operation.commit();
    await removed();
    deps.tell(recording.userId, { kind: "interview:updated", session });
    return stored;
  }

  /** Gives what is to be done after the commit. */
  function stageRemoval(operation: Deno.AtomicOperation, gone: readonly Recording[]) {
    for (const recording of gone) recordings.stageRemoval(operation, recording);
    return async (): Promise<void> => {
      for (const recording of gone) room.remove(recording);
      await files.clear();
    };
  }

  async function remove(gone: readonly Recording[]): Promise<void> {
    const operation = kv.atomic();
    const removed = stageRemoval(operation, gone);
    await operation.commit();
    await removed();
  }

  return {
    areKept: deps.folder !== null,
    get,
    find: recordings.find,
    ofSession: recordings.ofSession,
    /** Removes all of a person, in a turn of theirs. */
    async forget(userId: string): Promise<void> {
      const own = await recordings.ofPerson(userId);
      for (let at = 0; at < own.length; at += MAX_REMOVED) {
        await remove(own.slice(at, at + MAX_REMOVED));
      }
    },
    /** Adds the removal of recordings to a commit; the result is called after that. */
    stageRemoval,
    /** Bytes that are stored. */
    offset: async (recording: Recording): Promise<number> =>
      recording.storedAt === null ? await (await files.open(recording)).length() : recording.size,
    /** @throws AppError CONFLICT before it is whole */
    async content(place: RecordingPlace): Promise<{ recording: Recording; file: SealedFile }> {
      const recording = await get(place);
      if (recording.storedAt === null) throw new AppError("CONFLICT", "Upload is not finished");
      return { recording, file: await files.open(recording) };
    },
    /**
     * Makes room for a recording of a question's answer; an upload for the same question that is
     * not finished is given up for it.
     * @throws AppError NOT_FOUND, CONFLICT, PAYLOAD_TOO_LARGE, RATE_LIMIT, UNAVAILABLE
     */
    start: (place: SessionPlace, input: RecordingInput): Promise<Recording> =>
      turns.run(place.userId, () => start(place, input)),
    /**
     * Adds a piece, and gives how many bytes are stored then. A piece that breaks off is stored as
     * far as it came; one that comes while another is under way ends that.
     * @throws AppError NOT_FOUND, CONFLICT for another offset, UNSUPPORTED_MEDIA, PAYLOAD_TOO_LARGE
     */
    write,
    /**
     * @throws AppError NOT_FOUND, CONFLICT before the last piece is there, UNSUPPORTED_MEDIA
     */
    finish: (place: RecordingPlace): Promise<Recording> =>
      turns.run(place.userId, async () => {
        const recording = await get(place);
        if (recording.storedAt !== null) return recording;
        const file = await files.open(recording);
        const stored = await file.length();
        if (stored < recording.size) throw misplaced(stored);
        return await settle(recording, await probe(file, recording.size));
      }),
    /** @throws AppError NOT_FOUND, CONFLICT for the recording of an answer that was sent in */
    remove: (place: RecordingPlace): Promise<void> =>
      turns.run(place.userId, async () => {
        const recording = await get(place);
        const before = await getSession(place);
        const asked = getAsked(before, recording.askedId);
        const operation = kv.atomic();
        const removed = stageRemoval(operation, [recording]);
        if (asked.recordingId === recording.recordingId) {
          requireUnanswered(asked);
          store.stage(operation, before, withAsked(before, asked.askedId, { recordingId: null }));
        }
        await operation.commit();
        await removed();
      }),
    /** Removes uploads that were begun long ago and not finished; the timer's step. */
    async removeAbandoned(): Promise<void> {
      const before = clock.now() - settings.uploadMaxAgeSec * 1000;
      for (const begun of await recordings.unfinished(before, MAX_REMOVED)) {
        await turns.run(begun.userId, async () => {
          const recording = await recordings.find(begun);
          if (recording === null || recording.storedAt !== null) return;
          // The note of its start says when that was, also where its row cannot be read.
          await remove([{ ...recording, ...begun }]);
        });
      }
      // What a crash has left.
      await files.clear();
    },
  };
}

function misplaced(stored: number): AppError {
  return new AppError("CONFLICT", "Upload goes on at another byte", {
    details: { field: "Upload-Offset", expected: String(stored), offset: stored },
  });
}
