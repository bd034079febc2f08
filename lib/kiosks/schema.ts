import { z } from "zod";
import { kioskTimeSchema } from "../timestamp.ts";

/** Body of `POST /api/admin/kiosks`. */
export const newKioskSchema = z.object({
  name: z.string().trim().min(1).max(60),
  /** Where it stands; empty for not told. */
  place: z.string().trim().max(100).default(""),
});
export type NewKiosk = z.infer<typeof newKioskSchema>;

/** What a kiosk says of itself; what it leaves out stays as it was. */
export const conditionSchema = z.object({
  /** Events that wait on the kiosk. */
  queue: z.number().int().min(0).optional(),
  /** 0 to 1. */
  battery: z.number().min(0).max(1).optional(),
  charging: z.boolean().optional(),
  page: z.string().max(500).optional(),
  lastTouchAt: kioskTimeSchema.optional(),
  /** Of the application. */
  version: z.string().max(100).optional(),
  /** How far the kiosk's clock is ahead of the server's. */
  clockOffsetMs: z.number().min(-1e13).max(1e13).optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

/** Body of `POST /api/admin/kiosks/{kioskId}/commands`, and what the kiosk is sent. */
export const commandSchema = z.discriminatedUnion("name", [
  z.object({ name: z.literal("reload") }),
  z.object({ name: z.literal("message"), text: z.string().trim().min(1).max(200) }),
], { error: "one of reload, message" });
export type Command = z.infer<typeof commandSchema>;

export const kioskRowSchema = z.object({
  kioskId: z.string(),
  name: z.string(),
  place: z.string(),
  /** SHA-256 of the key: 256 random bits need no salt. Null before the first device is paired. */
  keyHash: z.string().nullable(),
  /** Of devices that were replaced: what they could not send may still be carried here. */
  oldKeyHashes: z.array(z.string()).default([]),
  pairedAt: z.number().nullable(),
  createdAt: z.number(),
  createdBy: z.string(),
});
export type KioskRow = z.infer<typeof kioskRowSchema>;

export const presenceRowSchema = z.object({
  lastSeenAt: z.number(),
  /** As it is kept and not as it is sent: times are numbers. */
  condition: conditionSchema.extend({ lastTouchAt: z.number().optional() }),
});
export type PresenceRow = z.infer<typeof presenceRowSchema>;

/** What became of a queue's file. */
export interface QueueReport {
  readonly kioskId: string;
  /** By the kiosk's clock, ISO 8601. */
  readonly exportedAt: string;
  readonly attempts: number;
  readonly events: number;
  /** Events that are stored now. */
  readonly stored: number;
  /** Events that were here before. */
  readonly known: number;
  /** Events, and whole parts, that are not taken. */
  readonly refused: number;
  /** Of the first hundred refused ones. */
  readonly faults: readonly {
    readonly attemptId: string | null;
    readonly code: string;
    readonly message: string;
    readonly field?: string;
    readonly expected?: string;
  }[];
}
