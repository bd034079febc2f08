import { type AskingDeps, createAsking } from "./asking.ts";
import { localAnalyser } from "./local.ts";
import type { Analyser } from "./port.ts";
import { parseReply, REPLY_JSON_SCHEMA, toPrompt } from "./prompt.ts";

const MAX_REPLY_TOKENS = 2_000;

/**
 * Asks a service to judge and to write an ideal answer (P-20), and the local analyser where that fails, so that there is always a
 * verdict (T-P08). The verdict says who gave it.
 */
export function createRemoteAnalyser(deps: AskingDeps): Analyser {
  const ask = createAsking(deps);
  const { model, timeoutSec } = deps.settings;
  return {
    async analyse(submission, signal) {
      const verdict = await ask({
        task: "analysis",
        toPrompt: (mark) => toPrompt(submission, mark),
        replySchema: REPLY_JSON_SCHEMA,
        maxReplyTokens: MAX_REPLY_TOKENS,
        timeoutSec,
        parse: (content) => parseReply(content, model),
      }, signal);
      return verdict ?? await localAnalyser.analyse(submission, signal);
    },
  };
}
