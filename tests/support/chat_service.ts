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
  idealAnswer: "I would ask for the reason first, and try both ways for 2 weeks.",
  confidence: 0.9,
};

/** What a good model would write. */
export const GOOD_QUESTION = {
  question: "How would you guide a group of twenty through a narrow room?",
  type: "situational",
  tags: ["guiding", "crowds"],
  expectedKeywords: ["flow|pace", "group size"],
  sampleAnswer: "I split the group into two and let 10 people in at a time, as I did in June.",
  evaluationCriteria: {
    understanding: "Sees the danger",
    logic: "Goes step by step",
    specificity: "Gives numbers",
    jobFit: "Fits a guide",
  },
};

/** Answers only when all is over. */
export const hanging: Behaviour = ({ signal }) =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve("late")));

const status = (code: number) => () => new Response("no", { status: code });
/** Replies that cannot be used, and how often one tries before giving up. */
export const BROKEN_REPLIES: readonly [name: string, behave: Behaviour, tries: number][] = [
  ["500", status(500), 3],
  ["429", status(429), 3],
  ["401", status(401), 1],
  ["400", status(400), 1],
  ["404", status(404), 1],
  ["a redirect", () => Response.redirect("http://127.0.0.1:1/", 307), 3],
  ["an empty body", () => new Response(""), 3],
  ["HTML", () => new Response("<html>busy</html>"), 3],
  ["another JSON", () => Response.json({ hello: 1 }), 3],
  ["no choices", () => Response.json({ choices: [] }), 3],
  ["content that is no JSON", () => "I think this is a great answer!", 3],
  ["a megabyte", () => new Response("x".repeat(1_000_000)), 3],
  ["an endless reply", () => new Response(endless()), 3],
  ["half a reply", () => new Response('{"choices": [{"mess'), 3],
];

/** Sends for ever. */
export function endless(): ReadableStream<Uint8Array> {
  const chunk = new Uint8Array(64 * 1024).fill(32);
  return new ReadableStream({ pull: (controller) => controller.enqueue(chunk) });
}
