import type { MiddlewareHandler } from "hono";
import { AppError } from "../../lib/errors.ts";
import { parseJson } from "../../lib/json.ts";
import type { AppContext, AppEnv } from "./context.ts";

/** Largest JSON body, where a route does not take more. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * Refuses larger bodies: by their declared length, else by counting while reading. (Hono's own
 * limiter makes the request anew, which the server's requests do not allow.)
 */
export function limitBodyTo(maxBytes: number): MiddlewareHandler<AppEnv> {
  return async function limitBody(c, next) {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") {
      const declared = c.req.header("content-length");
      // Hono keeps promises there, whatever its type says.
      if (declared === undefined) {
        const body = await readBody(c.req.raw, maxBytes);
        Object.assign(c.req.bodyCache, { arrayBuffer: Promise.resolve(body) });
      } else if (Number(declared) > maxBytes) throw tooLarge(maxBytes);
    }
    await next();
  };
}

export const limitBody = limitBodyTo(MAX_BODY_BYTES);

/** A body of unknown length. */
async function readBody({ body }: Request, maxBytes: number): Promise<ArrayBuffer> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return await new Blob(chunks).arrayBuffer();
}

/** For a body that is not declared as JSON where nothing else is taken. */
export function notJson(): AppError {
  return new AppError("UNSUPPORTED_MEDIA", "Body is not declared as JSON", {
    details: { field: "Content-Type", expected: "application/json" },
  });
}

function tooLarge(maxBytes: number): AppError {
  return new AppError("PAYLOAD_TOO_LARGE", "Body is too large", {
    details: { field: "body", expected: `at most ${maxBytes} bytes` },
  });
}

/**
 * Refuses bodies that are not JSON, or are JSON that cannot be stored. The bytes stay cached with
 * the request, so that the route's own check reads it again without the network.
 */
export const requireJson: MiddlewareHandler<AppEnv> = async function requireJson(c, next) {
  if (!isJson(c)) throw notJson();
  parseJson(await readText(c));
  await next();
};

/**
 * A body as text. Bytes that are none are refused: they would be stored as something else than what
 * was sent.
 * @throws AppError VALIDATION_ERROR
 */
export async function readText(c: AppContext): Promise<string> {
  const bytes = await c.req.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError("VALIDATION_ERROR", "Body is not valid UTF-8", {
      details: { field: "body", expected: "JSON in UTF-8" },
      cause,
    });
  }
}

/** True for a body that is declared as JSON. */
export function isJson(c: AppContext): boolean {
  return /^application\/json\b/i.test(c.req.header("content-type") ?? "");
}
