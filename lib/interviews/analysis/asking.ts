import type { Clock } from "../../clock.ts";
import type { AiSettings } from "../../config/interviews.ts";
import { jittered } from "../../jitter.ts";
import { pause } from "../../timers.ts";
import { completeChat, isFinal } from "./chat_service.ts";
import type { Prompt } from "./wording.ts";

/** One request to the service, for the figures. */
export interface ServiceCall {
  /** What was asked for. */
  readonly task: "analysis" | "questions" | "transcription";
  readonly outcome: "ok" | "failed" | "unreadable";
  readonly seconds: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of sound that was sent, seconds. */
  readonly soundSec: number;
}

export interface TryingDeps {
  readonly clock: Clock;
  readonly onCall: (call: ServiceCall) => void;
  /** Pauses before the second try and those after it. */
  readonly pausesMs?: readonly number[];
}

export interface AskingDeps extends TryingDeps {
  readonly settings: AiSettings;
  /** Random, another one for each call. */
  readonly unique: () => string;
}

/** Something that is asked of the service. */
export interface Attempt<T> {
  readonly task: ServiceCall["task"];
  /** For all tries together. */
  readonly timeoutSec: number;
  /** One try; it notes what it took, and when there was a reply. */
  readonly once: (signal: AbortSignal, note: Note) => Promise<T>;
}

export interface Note {
  isAnswered: boolean;
  inputTokens: number;
  outputTokens: number;
  soundSec: number;
}

/** What is asked of the service, and how its reply is read. */
export interface Inquiry<T> {
  readonly task: ServiceCall["task"];
  /** @param mark random, so that what people wrote cannot know it (T-P15) */
  readonly toPrompt: (mark: string) => Prompt;
  /** JSON Schema of what the content is to be. */
  readonly replySchema: object;
  readonly maxReplyTokens: number;
  /** For all tries together. */
  readonly timeoutSec: number;
  /** @throws Error when it is not what was asked for */
  readonly parse: (content: string) => T;
}

export type Asking = ReturnType<typeof createAsking>;

const PAUSES_MS = [1_000, 2_000];

/** Tries three times within a time, and meters each (T-P08). */
export function createTrying({ clock, pausesMs = PAUSES_MS, onCall }: TryingDeps) {
  async function tryOnce<T>({ task, once }: Attempt<T>, signal: AbortSignal): Promise<T> {
    const startedAt = clock.monotonic();
    const note = { isAnswered: false, inputTokens: 0, outputTokens: 0, soundSec: 0 };
    let isGood = false;
    try {
      const result = await once(signal, note);
      isGood = true;
      return result;
    } finally {
      const { isAnswered, ...spent } = note;
      const outcome = isGood ? "ok" : isAnswered ? "unreadable" : "failed";
      onCall({ task, outcome, seconds: (clock.monotonic() - startedAt) / 1000, ...spent });
    }
  }

  async function tryAgain<T>(attempt: Attempt<T>, signal: AbortSignal): Promise<T | null> {
    for (let tries = 0; tries <= pausesMs.length; tries++) {
      if (tries > 0) await pause(jittered(pausesMs[tries - 1]), signal);
      if (signal.aborted) return null;
      try {
        return await tryOnce(attempt, signal);
      } catch (error) {
        if (isFinal(error)) return null;
      }
    }
    return null;
  }

  /**
   * Null when the service gave nothing that can be used.
   * @throws the reason of the signal when that stops it
   */
  return async function attempt<T>(attempt: Attempt<T>, signal: AbortSignal): Promise<T | null> {
    const deadline = AbortSignal.timeout(attempt.timeoutSec * 1000);
    const result = await tryAgain(attempt, AbortSignal.any([signal, deadline]));
    signal.throwIfAborted();
    return result;
  };
}

/** Asks an OpenAI-compatible chat service, as often as `createTrying` says. */
export function createAsking({ settings, unique, ...deps }: AskingDeps) {
  const attempt = createTrying(deps);
  /** Null when the service gave nothing that can be used. */
  return function ask<T>(inquiry: Inquiry<T>, signal: AbortSignal): Promise<T | null> {
    const { task, timeoutSec } = inquiry;
    async function once(signal: AbortSignal, note: Note): Promise<T> {
      const prompt = inquiry.toPrompt(`material-${unique()}`);
      const reply = await completeChat(settings, { ...inquiry, prompt, signal });
      Object.assign(note, reply.spent, { isAnswered: true });
      return inquiry.parse(reply.content);
    }
    return attempt({ task, timeoutSec, once }, signal);
  };
}
