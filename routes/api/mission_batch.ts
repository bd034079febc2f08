import { createRoute, z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { type Clock, toIso } from "../../lib/clock.ts";
import { AppError } from "../../lib/errors.ts";
import { isJsonObject } from "../../lib/json.ts";
import {
  batchAttemptSchema,
  type BatchResult,
  eventSchema,
  MAX_ATTEMPTS_PER_BATCH,
  type MissionsService,
} from "../../lib/missions/mod.ts";
import { type BucketLimits, createBuckets } from "../../lib/token_bucket.ts";
import { validate } from "../../lib/validation.ts";
import type { AppEnv } from "../middleware/context.ts";
import { isFault } from "../middleware/errors.ts";
import { requireKiosk } from "../middleware/guards.ts";
import { isJson, notJson, readText } from "../middleware/json_body.ts";
import { sameOrigin } from "../middleware/same_origin.ts";
import { apiApp } from "./app.ts";
import { errors, json, jsonBody, success } from "./envelope.ts";
import { FOR_KIOSKS } from "./security.ts";

export interface BatchRoutesDeps {
  readonly clock: Clock;
  readonly missions: Pick<MissionsService, "recordAttempt">;
  readonly requireKioskKey: boolean;
  /** Applications elsewhere whose beacons are taken. */
  readonly origins: readonly string[];
  /** Events of one attempt, as of one connection. */
  readonly events: BucketLimits;
  readonly onMessage: (outcome: "stored" | "duplicate" | "refused") => void;
}

const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  details: z.looseObject({}).nullable(),
});

const resultSchema = z.object({
  clientEventId: z.string().optional(),
  seq: z.number().optional(),
  eventId: z.string().optional().openapi({ description: "There when it is stored" }),
  duplicate: z.boolean().optional().openapi({ description: "It was here before, under this id" }),
  error: errorSchema.optional().openapi({ description: "There when it is not" }),
});

const answerSchema = z.object({
  attemptId: z.string().nullable().openapi({ description: "As it was sent" }),
  storedAs: z.string().optional().openapi({ example: `attempt_${"0".repeat(39)}` }),
  results: z.array(resultSchema).optional().openapi({ description: "One for each event" }),
  error: errorSchema.optional().openapi({ description: "Nothing of the attempt is taken" }),
});

const batchSchema = z.object({
  accepted: z.number().openapi({ description: "Events that are stored, now or before" }),
  rejected: z.number().openapi({ description: "Events and whole attempts that are not" }),
  attempts: z.array(answerSchema).openapi({ description: "One for each, in their order" }),
  timestamp: z.iso.datetime().openapi({ description: "By the server's clock" }),
});

const batchRoute = createRoute({
  method: "post",
  path: "/batch",
  tags: ["missions"],
  summary: "Hand in attempts and events that were kept while there was no connection",
  description: "Beacons may send the same JSON as text/plain, from our own pages and from " +
    "applications that ALLOWED_ORIGINS names.",
  security: FOR_KIOSKS,
  request: {
    body: jsonBody(z.object({
      attempts: z.array(batchAttemptSchema.extend({ events: z.array(eventSchema) }))
        .min(1).max(MAX_ATTEMPTS_PER_BATCH),
    })),
  },
  responses: {
    201: json(success(batchSchema), "All of it is stored"),
    207: json(success(batchSchema), "What is good of it is stored"),
    ...errors(400, 401, 403, 413, 415, 429, 503),
  },
});

type AttemptAnswer = z.infer<typeof answerSchema>;

/** `/api/missions/batch`: what kiosks could not send while it happened. */
export function batchRoutes(deps: BatchRoutesDeps) {
  const buckets = createBuckets(deps.events);
  // Not the wall clock: set back by an hour, it would refuse everybody for that long.
  const waitMs = (attemptId: string) => buckets(attemptId).take(deps.clock.monotonic());

  async function take(raw: unknown, kioskId: string | null): Promise<AttemptAnswer> {
    const attemptId = isJsonObject(raw) && typeof raw.attemptId === "string" ? raw.attemptId : null;
    try {
      const attempt = validate(batchAttemptSchema, raw, ATTEMPT);
      const taken = await deps.missions.recordAttempt(attempt, { kioskId, waitMs });
      const results = taken.results.map((result) => toResult(result, deps.onMessage));
      return { attemptId, storedAs: taken.attemptId, results };
    } catch (error) {
      if (!(error instanceof AppError) || isFault(error)) throw error;
      return { attemptId, error: told(error) };
    }
  }

  const app = apiApp();
  app.openAPIRegistry.registerPath({ ...batchRoute, path: "/batch" });
  const kiosk = requireKiosk(deps.requireKioskKey);
  app.on("POST", "/batch", sameOrigin(deps.origins), kiosk, requireJsonOrText);
  app.post("/batch", async (c) => {
    const items = attemptsOf(await readText(c));
    const attempts = await Promise.all(items.map((it) => take(it, c.var.kioskId)));
    const timestamp = toIso(deps.clock.now());
    const data = { ...countsOf(attempts), attempts, timestamp };
    return c.json({ success: true as const, data }, data.rejected === 0 ? 201 : 207);
  });
  return app;
}

const ATTEMPT = { code: "VALIDATION_ERROR", what: "Attempt validation failed" } as const;

/** A beacon cannot declare its body; a form of another site could not either (`sameOrigin`). */
const requireJsonOrText: MiddlewareHandler<AppEnv> = async function requireJsonOrText(c, next) {
  const isText = /^text\/plain\b/i.test(c.req.header("content-type") ?? "");
  if (!isText && !isJson(c)) throw notJson();
  await next();
};

/** The parts of a batch, each to be checked by itself: one bad must not keep back the others. */
function attemptsOf(text: string): readonly unknown[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new AppError("VALIDATION_ERROR", "Body is not valid JSON", {
      details: { field: "body", expected: "JSON" },
      cause,
    });
  }
  const attempts = isJsonObject(body) ? body.attempts : undefined;
  const { length } = Array.isArray(attempts) ? attempts : [];
  if (Array.isArray(attempts) && length > 0 && length <= MAX_ATTEMPTS_PER_BATCH) return attempts;
  throw new AppError("VALIDATION_ERROR", "Request validation failed: invalid field 'attempts'", {
    details: {
      field: "attempts",
      expected: `an array of 1 to ${MAX_ATTEMPTS_PER_BATCH} attempts`,
    },
  });
}

function toResult(
  { outcome, ...marks }: BatchResult,
  onMessage: BatchRoutesDeps["onMessage"],
): z.infer<typeof resultSchema> {
  if (outcome instanceof AppError) {
    onMessage("refused");
    return { ...marks, error: told(outcome) };
  }
  const { eventId, duplicate } = outcome;
  onMessage(duplicate ? "duplicate" : "stored");
  return { ...marks, eventId, duplicate };
}

function countsOf(attempts: readonly AttemptAnswer[]) {
  const results = attempts.flatMap((it) => it.results ?? [it]);
  const rejected = results.filter(({ error }) => error !== undefined).length;
  return { accepted: results.length - rejected, rejected };
}

function told({ code, message, details }: AppError) {
  return { code, message, details };
}
