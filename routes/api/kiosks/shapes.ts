import { z } from "@hono/zod-openapi";
import { toIso } from "../../../lib/clock.ts";
import type { PairingCode } from "../../../lib/kiosks/mod.ts";
import { KIOSK_STATES } from "../../../lib/kiosks/view.ts";

export const kioskSchema = z.object({
  kioskId: z.string(),
  name: z.string(),
  place: z.string(),
  state: z.enum(KIOSK_STATES).openapi({
    description: "unknown: silent for 45 seconds; offline: silent for three minutes",
  }),
  isFixed: z.boolean().openapi({ description: "Named by KIOSK_KEYS, and changed there alone" }),
  lastSeenAt: z.iso.datetime().nullable(),
  pairedAt: z.iso.datetime().nullable(),
  codeExpiresAt: z.iso.datetime().nullable(),
  queue: z.number().nullable().openapi({ description: "Events that wait on the kiosk" }),
  battery: z.number().nullable().openapi({ description: "0 to 1" }),
  charging: z.boolean().nullable(),
  page: z.string().nullable(),
  lastTouchAt: z.iso.datetime().nullable().openapi({
    description: "By the server's clock, as far as clockOffsetMs tells it",
  }),
  version: z.string().nullable(),
  clockOffsetMs: z.number().nullable().openapi({ description: "Ahead of the server's clock" }),
  command: z.object({
    name: z.enum(["reload", "message"]),
    by: z.string(),
    sentAt: z.iso.datetime(),
    deliveredAt: z.iso.datetime().nullable(),
    hasExpired: z.boolean(),
  }).nullable().openapi({ description: "The newest, since the server was started" }),
}).openapi("Kiosk");

export const codeSchema = z.object({
  code: z.string().openapi({ example: "048215", description: "Good once" }),
  expiresAt: z.iso.datetime(),
});

export function toCode({ code, expiresAt }: PairingCode): z.infer<typeof codeSchema> {
  return { code, expiresAt: toIso(expiresAt) };
}

export const kioskParams = z.object({
  kioskId: z.string().regex(/^kiosk_[a-z0-9-]{1,40}$/, "the id of a kiosk").openapi({
    param: { name: "kioskId", in: "path" },
  }),
});
