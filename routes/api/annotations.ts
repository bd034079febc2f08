import { createRoute, type RouteHandler, z } from "@hono/zod-openapi";
import type { Audit } from "../../lib/audit/mod.ts";
import { toIso } from "../../lib/clock.ts";
import { idSchema } from "../../lib/ids.ts";
import {
  type Annotation,
  annotationInputSchema,
  type MissionsService,
} from "../../lib/missions/mod.ts";
import type { AppEnv } from "../middleware/context.ts";
import { loginName, requirePermission } from "../middleware/guards.ts";
import { requireJson } from "../middleware/json_body.ts";
import { apiApp } from "./app.ts";
import { errors, json, jsonBody, success } from "./envelope.ts";
import { TO_CHANGE, TO_READ } from "./security.ts";

export interface AnnotationRoutesDeps {
  readonly missions: MissionsService;
  readonly audit: Audit;
}

/** `/api/admin/annotations`: notes on the time line. */
export function annotationRoutes(deps: AnnotationRoutesDeps) {
  const app = apiApp();
  app.use("/annotations", requirePermission("study"));
  app.use("/annotations/:annotationId", requirePermission("study"));
  app.on("POST", "/annotations", requireJson);
  app.openapi(annotateRoute, annotate(deps));
  app.openapi(annotationsRoute, annotations(deps.missions));
  app.openapi(removeRoute, remove(deps));
  return app;
}

const tags = ["admin"];

const annotationSchema = z.object({
  annotationId: z.string(),
  at: z.iso.datetime(),
  text: z.string(),
  missionType: z.string().nullable(),
  by: z.string(),
  createdAt: z.iso.datetime(),
}).openapi("Annotation");

function toAnnotation({ at, createdAt, ...rest }: Annotation) {
  return { ...rest, at: toIso(at), createdAt: toIso(createdAt) };
}

const annotateRoute = createRoute({
  method: "post",
  path: "/annotations",
  tags,
  summary: "Note something on the time line",
  security: TO_CHANGE,
  request: { body: jsonBody(annotationInputSchema) },
  responses: {
    201: json(success(annotationSchema), "Stored"),
    ...errors(400, 401, 403, 409, 413, 415, 429, 503),
  },
});

function annotate(
  { missions, audit }: AnnotationRoutesDeps,
): RouteHandler<typeof annotateRoute, AppEnv> {
  return async (c) => {
    const by = loginName(c);
    const annotation = await missions.annotate(c.req.valid("json"), by);
    await audit.record({ action: "annotation.created", target: annotation.annotationId, by });
    return c.json({ success: true as const, data: toAnnotation(annotation) }, 201);
  };
}

const annotationsRoute = createRoute({
  method: "get",
  path: "/annotations",
  tags,
  summary: "List the notes on the time line, in its order",
  security: TO_READ,
  request: {
    query: z.object({
      missionType: z.string().max(20).optional(),
      startDate: z.string().max(40).optional(),
      endDate: z.string().max(40).optional(),
    }),
  },
  responses: {
    200: json(success(z.object({ annotations: z.array(annotationSchema) })), "Notes"),
    ...errors(400, 401, 403, 429, 503),
  },
});

function annotations(missions: MissionsService): RouteHandler<typeof annotationsRoute, AppEnv> {
  return async (c) => {
    const found = await missions.listAnnotations(c.req.valid("query"));
    return c.json({ success: true as const, data: { annotations: found.map(toAnnotation) } }, 200);
  };
}

const removeRoute = createRoute({
  method: "delete",
  path: "/annotations/{annotationId}",
  tags,
  summary: "Delete a note",
  security: TO_CHANGE,
  request: {
    params: z.object({
      annotationId: idSchema("ann").openapi({
        param: { name: "annotationId", in: "path" },
      }),
    }),
  },
  responses: {
    200: json(success(z.object({ annotationId: z.string() })), "Deleted"),
    ...errors(400, 401, 403, 404, 429, 503),
  },
});

function remove(
  { missions, audit }: AnnotationRoutesDeps,
): RouteHandler<typeof removeRoute, AppEnv> {
  return async (c) => {
    const { annotationId } = c.req.valid("param");
    await missions.removeAnnotation(annotationId);
    const by = loginName(c);
    await audit.record({ action: "annotation.deleted", target: annotationId, by });
    return c.json({ success: true as const, data: { annotationId } }, 200);
  };
}
