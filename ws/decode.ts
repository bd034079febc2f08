import { z } from "zod";
import { AppError } from "../lib/errors.ts";
import { isJsonObject, parseJson } from "../lib/json.ts";
import { conditionSchema } from "../lib/kiosks/mod.ts";
import { type EventInput, eventSchema } from "../lib/missions/mod.ts";
import { validate } from "../lib/validation.ts";
import type { Correlation } from "./errors.ts";

const controlSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("hello"),
    sdk: z.string().max(100).optional(),
    app: z.string().max(100).optional(),
    kioskId: z.string().max(60).optional(),
    resumeFrom: z.number().int().min(1).optional(),
  }),
  conditionSchema.extend({ type: z.literal("heartbeat") }),
  z.object({ type: z.literal("pong"), t: z.number() }),
], { error: "one of hello, heartbeat, pong" });

export type Control = z.infer<typeof controlSchema>;

/** A frame that was read: an event, a control message, or what is wrong with it. */
export type Frame =
  | { readonly kind: "event"; readonly input: EventInput }
  | { readonly kind: "control"; readonly control: Control }
  | { readonly kind: "bad"; readonly error: AppError; readonly correlation: Correlation };

/** Text to a checked frame. Never throws. */
export function decodeFrame(text: string): Frame {
  let raw: unknown;
  try {
    raw = parseJson(text, "frame");
    if (isJsonObject(raw) && raw.eventType === undefined && typeof raw.type === "string") {
      return { kind: "control", control: validate(controlSchema, raw, CONTROL) };
    }
    return { kind: "event", input: validate(eventSchema, raw, EVENT) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: "bad", error, correlation: correlationOf(raw ?? readAgain(text)) };
  }
}

const FRAME = { code: "INVALID_EVENT", whole: "frame" } as const;
const EVENT = { ...FRAME, what: "Event validation failed" } as const;
const CONTROL = { ...FRAME, what: "Message validation failed" } as const;

/** JSON that was refused for what is in it still tells which message it was. */
function readAgain(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a client needs to know which of its messages an error is about, as far as it is usable. */
function correlationOf(raw: unknown): Correlation {
  if (!isJsonObject(raw)) return {};
  const { clientEventId, seq } = raw;
  return {
    ...(typeof clientEventId === "string" && clientEventId.length <= 64 ? { clientEventId } : {}),
    ...(typeof seq === "number" && Number.isFinite(seq) ? { seq } : {}),
  };
}
