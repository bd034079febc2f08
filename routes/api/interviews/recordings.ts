import { createRoute, z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { piecesOf } from "../../../lib/byte_stream.ts";
import { AppError } from "../../../lib/errors.ts";
import { type Recording, recordingInputSchema } from "../../../lib/interviews/mod.ts";
import type { AppContext, AppEnv } from "../../middleware/context.ts";
import { requireLogin, whoOf } from "../../middleware/guards.ts";
import { requireJson } from "../../middleware/json_body.ts";
import { perPerson } from "../../middleware/rate_limit.ts";
import { apiApp } from "../app.ts";
import { errors, json, jsonBody, streamed, success } from "../envelope.ts";
import { TO_CHANGE, TO_READ } from "../security.ts";
import { recordingParams, sessionParams } from "./params.ts";
import { recordingPath, recordingSchema, toRecording } from "./recording_shapes.ts";
import { sendRecording } from "./send_recording.ts";
import type { InterviewRoutesDeps } from "./sessions.ts";

/** Where pieces come in, which may be long and may take any time. */
export const RECORDING_PATH = "/api/sessions/:sessionId/recordings/:recordingId";

/** A client that sends nothing for so long is gone. */
const SILENCE_MS = 30_000;
/** Media type of a piece; the content itself tells what it is. */
const PIECE = "application/offset+octet-stream";

const tags = ["recorded answers"];
const refused = errors(400, 401, 403, 404, 429, 503);
const shown = json(success(recordingSchema), "Recording");
const bytes = z.string().openapi({ format: "binary" });

const startRoute = createRoute({
  method: "post",
  path: "/{sessionId}/recordings",
  tags,
  summary: "Begin to upload a recorded answer",
  description: "An upload for the same question that is not finished is given up for it.",
  security: TO_CHANGE,
  request: { params: sessionParams, body: jsonBody(recordingInputSchema) },
  responses: {
    201: json(success(recordingSchema), "Begun; Location is where the pieces go"),
    ...refused,
    ...errors(409, 413, 415),
  },
});

const listRoute = createRoute({
  method: "get",
  path: "/{sessionId}/recordings",
  tags,
  summary: "The recordings of an interview, also those on their way",
  security: TO_READ,
  request: { params: sessionParams },
  responses: {
    200: json(success(z.object({ recordings: z.array(recordingSchema) })), "Recordings"),
    ...refused,
  },
});

const path = "/{sessionId}/recordings/{recordingId}";

const getRoute = createRoute({
  method: "get",
  path,
  tags,
  summary: "How far a recording is; HEAD tells it in Upload-Offset and Upload-Length",
  security: TO_READ,
  request: { params: recordingParams },
  responses: { 200: shown, ...refused },
});

const writeRoute = createRoute({
  method: "patch",
  path,
  tags,
  summary: "Send a piece; Upload-Offset says where it belongs",
  description: "A piece that breaks off is kept as far as it came: ask for the offset, and go on " +
    "from there. At another offset the answer is 409, and `details.offset` is the right one.",
  security: TO_CHANGE,
  request: {
    params: recordingParams,
    headers: z.object({ "upload-offset": z.coerce.number().int().min(0) }),
    body: { required: true, content: { [PIECE]: { schema: bytes } } },
  },
  responses: { 200: shown, ...refused, ...errors(409, 413, 415) },
});

const finishRoute = createRoute({
  method: "post",
  path: `${path}/finish`,
  tags,
  summary: "Say that the last piece was sent, and send the answer in",
  description: "It is analysed by its transcript. Where none can be had the analysis fails with " +
    "`transcriptMissing`, and what was said can be sent in as text. After 429 say it again.",
  security: TO_CHANGE,
  request: { params: recordingParams },
  responses: {
    202: json(success(recordingSchema.extend({ analysisId: z.string() })), "Sent in"),
    ...refused,
    ...errors(409, 415),
  },
});

const contentRoute = createRoute({
  method: "get",
  path: `${path}/content`,
  tags,
  summary: "Play a recording; takes Range",
  security: TO_READ,
  request: { params: recordingParams },
  responses: {
    200: streamed("All of it", { "audio/*": bytes, "video/*": bytes }),
    206: streamed("A part", { "audio/*": bytes, "video/*": bytes }),
    ...refused,
    ...errors(409, 416),
  },
});

const removeRoute = createRoute({
  method: "delete",
  path,
  tags,
  summary: "Delete a recording that was not sent in as an answer",
  security: TO_CHANGE,
  request: { params: recordingParams },
  responses: {
    200: json(success(z.object({ message: z.string() })), "Deleted"),
    ...refused,
    ...errors(409),
  },
});

/** Recorded answers under `/api/sessions` (P-40): everybody's own. */
export function recordingRoutes({ clock, interviews, settings }: InterviewRoutesDeps) {
  const { recordings, sessions, analyses } = interviews;
  const app = apiApp();
  app.use("/:sessionId/recordings/*", requireLogin);
  app.on("POST", "/:sessionId/recordings", requireJson);
  app.on("PATCH", "/:sessionId/recordings/:recordingId", requirePiece);
  const allowance = { requests: settings.analysesPerMin, seconds: 60 };
  app.on("POST", "/:sessionId/recordings/:recordingId/finish", perPerson({ clock, allowance }));

  const placeOf = <T extends object>(c: AppContext, params: T) => ({
    ...params,
    userId: whoOf(c).userId,
  });
  /** Tells the offset in headers as well, for who asks by HEAD. */
  function answerOf(c: AppContext, recording: Recording, offset: number) {
    c.header("upload-offset", String(offset));
    c.header("upload-length", String(recording.size));
    return { success: true as const, data: toRecording(recording, offset) };
  }

  app.openapi(startRoute, async (c) => {
    const place = placeOf(c, c.req.valid("param"));
    const recording = await recordings.start(place, c.req.valid("json"));
    c.header("location", recordingPath(recording));
    return c.json(answerOf(c, recording, 0), 201);
  });
  app.openapi(listRoute, async (c) => {
    const session = await sessions.get(placeOf(c, c.req.valid("param")));
    const found = await recordings.ofSession(session);
    const shown = await Promise.all(
      found.map(async (recording) => toRecording(recording, await recordings.offset(recording))),
    );
    return c.json({ success: true as const, data: { recordings: shown } }, 200);
  });
  app.openapi(getRoute, async (c) => {
    const recording = await recordings.get(placeOf(c, c.req.valid("param")));
    return c.json(answerOf(c, recording, await recordings.offset(recording)), 200);
  });
  app.openapi(writeRoute, async (c) => {
    const place = placeOf(c, c.req.valid("param"));
    const body = c.req.raw.body ?? new Blob().stream();
    const offset = await recordings.write(place, {
      offset: c.req.valid("header")["upload-offset"],
      read: (signal) => piecesOf(body, { signal, silenceMs: SILENCE_MS }),
    });
    return c.json(answerOf(c, await recordings.get(place), offset), 200);
  });
  app.openapi(finishRoute, async (c) => {
    const recording = await recordings.finish(placeOf(c, c.req.valid("param")));
    const { analysisId } = await analyses.submitRecorded(recording);
    const { data } = answerOf(c, recording, recording.size);
    return c.json({ success: true as const, data: { ...data, analysisId } }, 202);
  });
  app.openapi(contentRoute, async (c) => {
    return sendRecording(c, await recordings.content(placeOf(c, c.req.valid("param"))));
  });
  app.openapi(removeRoute, async (c) => {
    await recordings.remove(placeOf(c, c.req.valid("param")));
    return c.json({ success: true as const, data: { message: "Recording deleted" } }, 200);
  });
  return app;
}

/** Refuses pieces that are not declared as such: a form of another site cannot send them. */
const requirePiece: MiddlewareHandler<AppEnv> = async function requirePiece(c, next) {
  if (c.req.header("content-type")?.toLowerCase() !== PIECE) {
    throw new AppError("UNSUPPORTED_MEDIA", "Body is not declared as a piece", {
      details: { field: "Content-Type", expected: PIECE },
    });
  }
  await next();
};
