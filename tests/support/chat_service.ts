/** What a stand-in service does with a request; a string is the content of a good reply. */
export type Behaviour = (request: ChatCall) => string | Response | Promise<string | Response>;

/** A request that it got. */
export interface ChatCall {
  readonly path: string;
  readonly authorization: string | null;
  // deno-lint-ignore no-explicit-any
  readonly body: any;
  /** Aborted when the service is shut down. */
  readonly signal: AbortSignal;
}

/** A service on loopback that speaks the protocol of OpenAI's chat completions. */
export function chatService(behave: Behaviour) {
  const calls: ChatCall[] = [];
  const closing = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname: path } = new URL(request.url);
      const authorization = request.headers.get("authorization");
      const call = { path, authorization, body: await request.json(), signal: closing.signal };
      calls.push(call);
      const answer = await behave(call);
      return answer instanceof Response ? answer : Response.json(completion(answer));
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/v1`,
    calls,
    [Symbol.asyncDispose]: () => {
      closing.abort();
      return server.shutdown();
    },
  };
}

function completion(content: string) {
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1,
    model: "stand-in",
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }],
    usage: { prompt_tokens: 400, completion_tokens: 200, total_tokens: 600 },
  };
}

/** What a good model would say. */
export const GOOD_REPLY = {
  scores: { understanding: 20, logic: 18, specificity: 15, jobFit: 17 },
  reasons: { understanding: "Clear", logic: "In order", specificity: "One number", jobFit: "Fits" },
  strengths: ["Listens first"],
  improvements: ["Say more of the result"],
  detailedFeedback: {
    grammar: "Good",
    structure: "Complete",
    content: "Covers the question",
    suggestions: ["Name the colleague's reason"],
  },
  confidence: 0.9,
};
