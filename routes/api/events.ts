import { createRoute, z } from "@hono/zod-openapi";
import type { Clock } from "../../lib/clock.ts";
import type { Config } from "../../lib/config/mod.ts";
import { AppError } from "../../lib/errors.ts";
import { isJsonObject } from "../../lib/json.ts";
import {
  type Accepted,
  eventSchema,
  MAX_EVENTS_PER_BATCH,
  type Metrics,
  type Origin,
  UNKNOWN,
} from "../../lib/metrics/mod.ts";
import { createBuckets } from "../../lib/token_bucket.ts";
import { deviceOf } from "../../lib/user_agent.ts";
import { callerOf } from "../middleware/allowances.ts";
import type { AppContext } from "../middleware/context.ts";
import { requireEventSender } from "../middleware/guards.ts";
import { requireJson } from "../middleware/json_body.ts";
import { apiApp } from "./app.ts";
import { errors, json, jsonBody, success } from "./envelope.ts";
import { TO_CHANGE } from "./security.ts";

export interface EventRoutesDeps {
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, "record">;
  /** Events of one key or person in a minute. */
  readonly eventsPerMin: Config["limits"]["keyEventsPerMin"];
  /** Header in which a trusted proxy says the client's country; null for none. */
  readonly countryHeader: string | null;
}

const acceptedSchema = z.object({
  eventId: z.string(),
  duplicate: z.boolean().openapi({ description: "It was stored before, under the same id" }),
});

const resultSchema = z.union([
  acceptedSchema,
  z.object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      details: z.looseObject({ field: z.string().optional(), expected: z.string().optional() })
        .nullable(),
    }),
  }),
]);

const batchSchema = z.object({
  accepted: z.number().openapi({ description: "Stored, now or before" }),
  rejected: z.number(),
  results: z.array(resultSchema).openapi({ description: "One for each event, in their order" }),
});

const eventsRoute = createRoute({
  method: "post",
  path: "/",
  tags: ["metrics"],
  summary: "Store an event, or a batch of them",
  security: [{ apiKey: [] }, ...TO_CHANGE],
  request: {
    body: jsonBody(z.union([
      eventSchema,
      z.object({ events: z.array(eventSchema).min(1).max(MAX_EVENTS_PER_BATCH) }),
    ])),
  },
  responses: {
    201: json(success(z.union([acceptedSchema, batchSchema])), "All of it is stored"),
    207: json(success(batchSchema), "The good events of the batch are stored"),
    ...errors(400, 401, 403, 413, 415, 429, 503),
  },
});

/** `/api/events`: events of any kind, for the metrics (E-22). */
export function eventRoutes(deps: EventRoutesDeps) {
  const perMinute = deps.eventsPerMin;
  const buckets = createBuckets({ perSec: perMinute / 60, burst: perMinute });
  const app = apiApp();
  app.openAPIRegistry.registerPath({ ...eventsRoute, path: "/" });
  app.post("/", requireEventSender, requireJson, async (c) => {
    const body: unknown = await c.req.json();
    const batch = batchOf(body);
    const items = batch ?? [body];
    const caller = callerOf(c) ?? "";
    // Not the wall clock: set back by an hour, it would refuse everybody for that long.
    const retryAfterMs = buckets(caller).take(deps.clock.monotonic(), items.length);
    if (retryAfterMs > 0) throw tooMany(retryAfterMs);
    const results = await deps.metrics.record(items, originOf(c, caller, deps));
    return batch === null ? single(c, results[0]) : several(c, results);
  });
  return app;
}

/** The events of `{"events": [ … ]}`; null for a body that is one event itself. */
function batchOf(body: unknown): readonly unknown[] | null {
  if (!isJsonObject(body) || !("events" in body)) return null;
  const { events } = body;
  if (Array.isArray(events) && events.length > 0 && events.length <= MAX_EVENTS_PER_BATCH) {
    return events;
  }
  throw new AppError("VALIDATION_ERROR", "Request validation failed: invalid field 'events'", {
    details: { field: "events", expected: `an array of 1 to ${MAX_EVENTS_PER_BATCH} events` },
  });
}

function originOf(c: AppContext, caller: string, { countryHeader }: EventRoutesDeps): Origin {
  const country = countryHeader !== null && c.var.isProxied ? c.req.header(countryHeader) : "";
  return {
    source: caller,
    // XX is how proxies say that they do not know.
    country: country !== "XX" && /^[A-Z]{2}$/.test(country ?? "") ? country! : UNKNOWN,
    device: deviceOf(c.req.header("user-agent")),
  };
}

function single(c: AppContext, result: Accepted | AppError) {
  if (result instanceof AppError) throw result;
  return c.json({ success: true as const, data: result }, 201);
}

function several(c: AppContext, results: readonly (Accepted | AppError)[]) {
  const rejected = results.filter((result) => result instanceof AppError).length;
  const data = {
    accepted: results.length - rejected,
    rejected,
    results: results.map((result) => result instanceof AppError ? { error: told(result) } : result),
  };
  return c.json({ success: true as const, data }, rejected === 0 ? 201 : 207);
}

function told({ code, message, details }: AppError) {
  return { code, message, details };
}

function tooMany(retryAfterMs: number): AppError {
  return new AppError("RATE_LIMIT", "Too many events, wait before the next", {
    details: { retryAfterMs },
  });
}
