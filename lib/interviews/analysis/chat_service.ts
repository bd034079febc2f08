import { z } from "zod";
import type { AiSettings } from "../../config/interviews.ts";
import type { Prompt } from "./wording.ts";

/** What a service said, and the tokens that it took. */
export interface ChatReply {
  readonly content: string;
  readonly spent: { readonly inputTokens: number; readonly outputTokens: number };
}

export interface ChatRequest {
  readonly prompt: Prompt;
  /** JSON Schema of what the content is to be. */
  readonly replySchema: object;
  /** Of the reply; the service breaks a longer one off. */
  readonly maxReplyTokens: number;
  readonly signal: AbortSignal;
}

/** The service refused. */
export class ServiceError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`Service answered with ${status}`);
    this.name = "ServiceError";
    this.status = status;
  }
}

/** Of a reply; a longer one is broken off. */
const MAX_REPLY_BYTES = 256 * 1024;
/** What will not be better next time: a wrong key, model or request. */
const FINAL_STATUSES: ReadonlySet<number> = new Set([400, 401, 403, 404, 422]);

const tokens = z.number().int().min(0).catch(0);
const completionSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens })
    .catch({ prompt_tokens: 0, completion_tokens: 0 }),
});

/**
 * One request to an OpenAI-compatible chat service. The official package would bring 35 MB and
 * 4 100 files to every start for it.
 * @throws ServiceError for an answer that is none; others when it cannot be reached or read
 */
export async function completeChat(
  { baseUrl, apiKey, model }: AiSettings,
  { prompt, replySchema, maxReplyTokens, signal }: ChatRequest,
): Promise<ChatReply> {
  const reply = await fetch(`${baseUrl}/chat/completions`, {
    method: "POST",
    signal,
    // The key and the answer go nowhere else than was set.
    redirect: "error",
    headers: {
      "content-type": "application/json",
      ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }),
    },
    body: JSON.stringify({
      model,
      max_completion_tokens: maxReplyTokens,
      messages: [
        { role: "system", content: prompt.system },
        { role: "user", content: prompt.user },
      ],
      response_format: {
        type: "json_schema",
        json_schema: { name: "reply", strict: true, schema: replySchema },
      },
    }),
  });
  const { choices: [{ message }], usage } = completionSchema.parse(await readReply(reply));
  return {
    content: message.content,
    spent: { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens },
  };
}

/** True for a refusal that another try cannot change. */
export function isFinal(error: unknown): boolean {
  return error instanceof ServiceError && FINAL_STATUSES.has(error.status);
}

/** @throws ServiceError for a refusal, Error where it gets too long or is no JSON */
export async function readReply({ ok, status, body }: Response): Promise<unknown> {
  if (!ok) {
    await body?.cancel();
    throw new ServiceError(status);
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_REPLY_BYTES) throw new Error("Reply is too long");
    chunks.push(chunk);
  }
  return JSON.parse(await new Blob(chunks).text());
}
