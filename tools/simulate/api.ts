import type { z } from "zod";
import type { Clock } from "../../lib/clock.ts";
import { createPatience, type PatienceDeps } from "./patience.ts";
import { parseRetryAfter } from "./reconnect.ts";
import { countError, type Tally } from "./tally.ts";
import { envelopeSchema, errorSchema } from "./wire.ts";

/** The server answered, and will answer the same again. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";

  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
  }
}

/** Nothing answers at the address. */
export class NoServerError extends Error {
  override readonly name = "NoServerError";
}

export interface ApiDeps extends Omit<PatienceDeps, "clock"> {
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly tally: Tally;
}

export interface Request<T> {
  readonly path: string;
  /** Sent as JSON by POST; GET when absent. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bearer?: string | null;
  /** Shape of `data` in the answer. */
  readonly schema: z.ZodType<T>;
}

/** Requests that are sent again until they are answered; so each must be one that may be repeated. */
export interface Api {
  /** @throws RefusedError, PatienceError */
  call<T>(request: Request<T>): Promise<T>;
  /** One try, any answer will do: is there a server? @throws NoServerError when not */
  probe(): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 15_000;

export function createApi(deps: ApiDeps): Api {
  const { baseUrl, tally, signal } = deps;
  const request = (path: string, init: RequestInit = {}) => {
    tally.requests++;
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    return fetch(baseUrl + path, { ...init, signal: AbortSignal.any([signal, timeout]) });
  };
  return {
    async probe() {
      const response = await request("/health").catch((cause) => {
        throw new NoServerError(`No server answers at ${baseUrl}`, { cause });
      });
      await response.body?.cancel();
    },
    async call({ path, schema, ...parts }) {
      const patience = createPatience(deps);
      while (true) {
        const tried = await tryOnce(() => request(path, toInit(parts)), deps.clock);
        if (tried.kind === "answer") return readData(tried.data, { schema, path });
        if (tried.kind === "refused") throw tried.error;
        signal.throwIfAborted();
        tally.retries++;
        countError(tally, tried.code);
        await patience.wait({ why: `${path.split("?")[0]} ${tried.code}`, waitMs: tried.waitMs });
      }
    },
  };
}

function readData<T>(
  data: unknown,
  { schema, path }: Pick<Request<T>, "schema" | "path">,
): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((it) => `${it.path.join(".")} ${it.message}`);
  throw new RefusedError(200, "BAD_SHAPE", `Answer of ${path}: ${faults.join("; ")}`);
}

function toInit({ body, headers, bearer }: Omit<Request<unknown>, "path" | "schema">): RequestInit {
  const sent = new Headers(headers);
  if (bearer) sent.set("authorization", `Bearer ${bearer}`);
  if (body === undefined) return { headers: sent };
  sent.set("content-type", "application/json");
  return { method: "POST", headers: sent, body: JSON.stringify(body) };
}

type Tried =
  | { readonly kind: "answer"; readonly data: unknown }
  | { readonly kind: "refused"; readonly error: RefusedError }
  | { readonly kind: "later"; readonly code: string; readonly waitMs: number | null };

async function tryOnce(request: () => Promise<Response>, clock: Clock): Promise<Tried> {
  let response: Response;
  let text: string;
  try {
    response = await request();
    text = await response.text();
  } catch (error) {
    return { kind: "later", code: nameFailure(error), waitMs: null };
  }
  const body = readJson(text);
  if (response.ok) {
    const { success, data } = envelopeSchema.safeParse(body);
    if (success) return { kind: "answer", data: data.data };
    return refusal(response.status, { code: "BAD_ENVELOPE", message: text });
  }
  const parsed = errorSchema.safeParse(body);
  const error = parsed.success
    ? parsed.data.error
    : { code: `HTTP_${response.status}`, message: text };
  if (response.status !== 429 && response.status < 500) return refusal(response.status, error);
  const waitMs = parseRetryAfter(response.headers.get("retry-after"), clock.now());
  return { kind: "later", code: error.code, waitMs };
}

function refusal(
  status: number,
  { code, message }: { readonly code: string; readonly message: string },
): Tried {
  return {
    kind: "refused",
    error: new RefusedError(status, code, `${status} ${code}: ${message.slice(0, 200)}`),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function nameFailure(error: unknown): string {
  if (!(error instanceof Error)) return "NETWORK";
  if (error.name === "TimeoutError") return "TIMEOUT";
  const cause = error.cause instanceof Error ? error.cause.message : "";
  return /refused/i.test(error.message + cause) ? "CONNECTION_REFUSED" : "CONNECTION_LOST";
}
