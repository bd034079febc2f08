import { type RouteConfig, z } from "@hono/zod-openapi";
import { ERROR_CODES } from "../../lib/errors.ts";

/** Success envelope of missions, analytics and admin. */
export function success<T extends z.ZodType>(data: T) {
  return z.object({ success: z.literal(true), data });
}

/** A JSON answer, as OpenAPI describes it. */
export function json<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** A JSON body that has to be there, as OpenAPI describes it. */
export function jsonBody<T extends z.ZodType>(schema: T) {
  return { required: true, content: { "application/json": { schema } } };
}

/** An answer in one of several media types that the route writes itself, as OpenAPI describes it. */
export function streamed(
  description: string,
  schemas: Readonly<Record<string, z.ZodType>>,
): RouteConfig["responses"][number] {
  const media = Object.entries(schemas).map(([type, schema]) => [type, { schema }]);
  return { description, content: Object.fromEntries(media) };
}

const errorSchema = z.object({
  success: z.literal(false),
  error: z.object({
    type: z.string(),
    code: z.enum(ERROR_CODES),
    message: z.string(),
    details: z.looseObject({
      field: z.string().optional(),
      expected: z.string().optional(),
      retryAfterMs: z.number().optional(),
    }).nullable(),
    timestamp: z.iso.datetime(),
  }),
  requestId: z.string(),
  timestamp: z.iso.datetime(),
}).openapi("Error");

const DESCRIPTIONS: Record<number, string> = {
  400: "Input is not valid; details name the field",
  401: "No token, or one that is not good",
  403: "Token does not allow this",
  404: "Not known",
  409: "In conflict with what is stored",
  410: "Attempt has expired",
  413: "Too large",
  415: "Not declared as JSON",
  416: "There is no such part",
  429: "Too many requests; Retry-After says when",
  500: "Something went wrong on our side",
  502: "The service that writes questions does not answer, and the bank has no other",
  503: "Storage does not answer; Retry-After says when",
};

/** The error answers of a route, for OpenAPI; 500 is one of every route. */
export function errors(...statuses: number[]) {
  return Object.fromEntries(
    [...statuses, 500].map((status) => [status, json(errorSchema, DESCRIPTIONS[status])]),
  );
}
