import { createRoute, z } from "@hono/zod-openapi";
import type { Maintenance } from "../../ws/protocol.ts";
import { requirePermission } from "../middleware/guards.ts";
import { requireJson } from "../middleware/json_body.ts";
import { apiApp } from "./app.ts";
import { errors, json, jsonBody, success } from "./envelope.ts";
import { TO_CHANGE, TO_READ } from "./security.ts";

/** What an operator says of it. */
export type MaintenanceInput = Pick<Maintenance, "enabled" | "message" | "until">;

export interface MaintenanceRoutesDeps {
  /** Null when there is none. */
  readonly findMaintenance: () => MaintenanceInput | null;
  /** Tells everybody who is connected, and who connects while it lasts. */
  readonly setMaintenance: (maintenance: MaintenanceInput) => Promise<void>;
}

const tags = ["admin"];
const NONE: MaintenanceInput = { enabled: false, message: "", until: null };

const maintenanceSchema = z.object({
  enabled: z.boolean(),
  message: z.string().max(300).default(""),
  until: z.iso.datetime({ offset: true }).nullable().default(null),
}).openapi("Maintenance");

const readRoute = createRoute({
  method: "get",
  path: "/maintenance",
  tags,
  summary: "Whether clients are told of maintenance",
  security: TO_READ,
  responses: { 200: json(success(maintenanceSchema), "As it is"), ...errors(401, 403, 429) },
});

const setRoute = createRoute({
  method: "put",
  path: "/maintenance",
  tags,
  summary: "Tell all Socket.IO clients that maintenance begins or ends",
  security: TO_CHANGE,
  request: { body: jsonBody(maintenanceSchema) },
  responses: {
    200: json(success(maintenanceSchema), "Told"),
    ...errors(400, 401, 403, 413, 415, 429),
  },
});

/** `/api/admin/maintenance` (V-13). */
export function maintenanceRoutes({ findMaintenance, setMaintenance }: MaintenanceRoutesDeps) {
  const app = apiApp();
  const current = () => {
    const { enabled, message, until } = findMaintenance() ?? NONE;
    return { success: true as const, data: { enabled, message, until } };
  };
  app.use("/maintenance", requirePermission("operate"));
  app.on("PUT", "/maintenance", requireJson);
  app.openapi(readRoute, (c) => c.json(current(), 200));
  app.openapi(setRoute, async (c) => {
    const { enabled, message, until } = c.req.valid("json");
    await setMaintenance({ enabled, message, until });
    return c.json(current(), 200);
  });
  return app;
}
