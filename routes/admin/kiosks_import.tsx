import { Hono } from "hono";
import { AppError } from "../../lib/errors.ts";
import { MAX_QUEUE_LINE_BYTES } from "../../lib/kiosks/mod.ts";
import type { ImportQueue } from "../api/kiosks/import.ts";
import type { AppEnv } from "../middleware/context.ts";
import { CSRF_FIELD } from "../middleware/form_body.ts";
import { refuseRole, whoOf } from "../middleware/guards.ts";
import { openUpload, type Upload } from "../middleware/upload.ts";
import { admit } from "../pages/guard.ts";
import type { KiosksView, QueueProblem } from "./kiosks.tsx";
import { type KiosksPageDeps, sendKiosks } from "./kiosks_routes.tsx";

/** Where forms may be larger, and may take any time. */
export const QUEUE_UPLOAD_PATH = "/admin/kiosks/import";

export interface QueueImportPageDeps extends KiosksPageDeps {
  readonly importQueue: ImportQueue;
}

/** `POST /admin/kiosks/import`: a form with a queue's file, which stands for its own guard. */
export function queueImportPage(deps: QueueImportPageDeps) {
  const app = new Hono<AppEnv>();
  app.post("/kiosks/import", async (c) => {
    let upload: Upload | null = null;
    const open = async () => upload ??= await openUpload(c, { maxLineBytes: MAX_QUEUE_LINE_BYTES });
    const refused = await admit(c, async () => (await open()).field(CSRF_FIELD));
    if (refused !== null) return refused;
    refuseRole(whoOf(c).role, "operate");
    return sendKiosks(c, deps, await answerOf(await open(), whoOf(c).username));
  });

  async function answerOf({ file }: Upload, by: string): Promise<Partial<KiosksView>> {
    if (file === null) return { queueProblem: "noFile" };
    try {
      return { report: await deps.importQueue(file, by) };
    } catch (error) {
      if (!(error instanceof AppError) || !Object.hasOwn(PROBLEMS, error.code)) throw error;
      return { queueProblem: PROBLEMS[error.code] };
    }
  }
  return app;
}

const PROBLEMS: Readonly<Record<string, QueueProblem>> = {
  VALIDATION_ERROR: "notAQueue",
  NOT_FOUND: "noKiosk",
  PAYLOAD_TOO_LARGE: "tooLarge",
  UNAVAILABLE: "unavailable",
};
