import { z } from "@hono/zod-openapi";
import { idSchema } from "../../../lib/ids.ts";

/** Of an interview session; ids carry their kind, so that no word is ever taken for one (T-P06). */
export const sessionParams = z.object({
  sessionId: idSchema("interview").openapi({
    param: { name: "sessionId", in: "path" },
  }),
});

export const recordingParams = sessionParams.extend({
  recordingId: idSchema("recording").openapi({
    param: { name: "recordingId", in: "path" },
  }),
});

export const analysisParams = z.object({
  analysisId: z.string().max(64).regex(/^analysis_\d+$/).openapi({
    param: { name: "analysisId", in: "path" },
  }),
});

export const questionIdSchema = z.string().max(64).regex(/^[a-z][a-z-]*[-_]\d+(-[a-z]{2})?$/);

export const questionParams = z.object({
  questionId: questionIdSchema.openapi({ param: { name: "questionId", in: "path" } }),
});

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});
