import type { Clock } from "../../clock.ts";
import { jittered } from "../../jitter.ts";
import { pause } from "../../timers.ts";
import type { AiSettings } from "../../config/interviews.ts";
import { localAnalyser } from "./local.ts";
import { completeChat, isFinal } from "./chat_service.ts";
import type { Analyser, Submission, Verdict } from "./port.ts";
import { parseReply, REPLY_JSON_SCHEMA, toPrompt } from "./prompt.ts";

/** One request to the service, for the figures. */
export interface ServiceCall {
  readonly outcome: "ok" | "failed" | "unreadable";
  readonly seconds: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface RemoteAnalyserDeps {
  readonly settings: AiSettings;
  readonly clock: Clock;
  /** Random, another one for each call. */
  readonly unique: () => string;
  readonly onCall: (call: ServiceCall) => void;
  /** Pauses before the second try and those after it. */
  readonly pausesMs?: readonly number[];
}

const PAUSES_MS = [1_000, 2_000];

/**
 * Asks an OpenAI-compatible service: three tries within the time that is set, and then the local
 * analyser judges, so that there is always a verdict (T-P08). The verdict says who gave it.
 */
export function createRemoteAnalyser(deps: RemoteAnalyserDeps): Analyser {
  const { settings, clock, pausesMs = PAUSES_MS } = deps;

  async function ask(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    const startedAt = clock.monotonic();
    const spent = { inputTokens: 0, outputTokens: 0 };
    const note = (outcome: ServiceCall["outcome"]) =>
      deps.onCall({ outcome, seconds: (clock.monotonic() - startedAt) / 1000, ...spent });
    let content: string;
    try {
      const reply = await complete(submission, signal);
      Object.assign(spent, reply.spent);
      content = reply.content;
    } catch (error) {
      note("failed");
      throw error;
    }
    try {
      const verdict = parseReply(content, settings.model);
      note("ok");
      return verdict;
    } catch (error) {
      note("unreadable");
      throw error;
    }
  }

  function complete(submission: Submission, signal: AbortSignal) {
    const prompt = toPrompt(submission, `material-${deps.unique()}`);
    return completeChat(settings, { prompt, replySchema: REPLY_JSON_SCHEMA, signal });
  }

  async function askAgain(submission: Submission, signal: AbortSignal): Promise<Verdict | null> {
    for (let tries = 0; tries <= pausesMs.length; tries++) {
      if (tries > 0) await pause(jittered(pausesMs[tries - 1]), signal);
      if (signal.aborted) return null;
      try {
        return await ask(submission, signal);
      } catch (error) {
        if (isFinal(error)) return null;
      }
    }
    return null;
  }

  return {
    async analyse(submission, signal) {
      const deadline = AbortSignal.timeout(settings.timeoutSec * 1000);
      const verdict = await askAgain(submission, AbortSignal.any([signal, deadline]));
      signal.throwIfAborted();
      return verdict ?? await localAnalyser.analyse(submission, signal);
    },
  };
}
