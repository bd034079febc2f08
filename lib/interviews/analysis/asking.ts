import type { Clock } from "../../clock.ts";
import type { AiSettings } from "../../config/interviews.ts";
import { jittered } from "../../jitter.ts";
import { pause } from "../../timers.ts";
import { completeChat, isFinal } from "./chat_service.ts";
import type { Prompt } from "./wording.ts";

/** One request to the service, for the figures. */
export interface ServiceCall {
  /** What was asked for. */
  readonly task: "analysis" | "questions";
  readonly outcome: "ok" | "failed" | "unreadable";
  readonly seconds: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface AskingDeps {
  readonly settings: AiSettings;
  readonly clock: Clock;
  /** Random, another one for each call. */
  readonly unique: () => string;
  readonly onCall: (call: ServiceCall) => void;
  /** Pauses before the second try and those after it. */
  readonly pausesMs?: readonly number[];
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

/** Asks an OpenAI-compatible service: three tries within a time, each of them metered (T-P08). */
export function createAsking({ settings, clock, pausesMs = PAUSES_MS, ...deps }: AskingDeps) {
  async function askOnce<T>(inquiry: Inquiry<T>, signal: AbortSignal): Promise<T> {
    const startedAt = clock.monotonic();
    const spent = { inputTokens: 0, outputTokens: 0 };
    let outcome: ServiceCall["outcome"] = "failed";
    try {
      const reply = await completeChat(settings, {
        ...inquiry,
        prompt: inquiry.toPrompt(`material-${deps.unique()}`),
        signal,
      });
      Object.assign(spent, reply.spent);
      outcome = "unreadable";
      const parsed = inquiry.parse(reply.content);
      outcome = "ok";
      return parsed;
    } finally {
      const seconds = (clock.monotonic() - startedAt) / 1000;
      deps.onCall({ task: inquiry.task, outcome, seconds, ...spent });
    }
  }

  async function askAgain<T>(inquiry: Inquiry<T>, signal: AbortSignal): Promise<T | null> {
    for (let tries = 0; tries <= pausesMs.length; tries++) {
      if (tries > 0) await pause(jittered(pausesMs[tries - 1]), signal);
      if (signal.aborted) return null;
      try {
        return await askOnce(inquiry, signal);
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
  return async function ask<T>(inquiry: Inquiry<T>, signal: AbortSignal): Promise<T | null> {
    const deadline = AbortSignal.timeout(inquiry.timeoutSec * 1000);
    const reply = await askAgain(inquiry, AbortSignal.any([signal, deadline]));
    signal.throwIfAborted();
    return reply;
  };
}
