import { Hono } from "hono";
import type { Audit } from "../../lib/audit/mod.ts";
import { AppError } from "../../lib/errors.ts";
import { type ImportReport, MAX_LINE_BYTES, type MissionsService } from "../../lib/missions/mod.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { CSRF_FIELD } from "../middleware/form_body.ts";
import { refuseRole, whoOf } from "../middleware/guards.ts";
import { openUpload, type Upload } from "../middleware/upload.ts";
import { ExportPage, type ImportProblem } from "./export.tsx";
import { admit } from "../pages/guard.ts";
import type { Pages } from "../pages/pages.ts";
import { exportView } from "./views/export.ts";

/** Where forms may be of any length, and may take any time: the file is read as it is stored. */
export const UPLOAD_PATH = "/admin/export/import";

export interface ImportPageDeps {
  readonly pages: Pages;
  readonly missions: MissionsService;
  readonly audit: Audit;
}

type Answer =
  | { readonly report: ImportReport; readonly problem: null; readonly status: 200 }
  | { readonly report: null; readonly problem: ImportProblem; readonly status: 400 | 409 | 503 };

/** `POST /admin/export/import`: a form with a file of facts, which stands for its own guard. */
export function importPageRoutes({ pages, missions, audit }: ImportPageDeps) {
  const app = new Hono<AppEnv>();
  app.post("/export/import", async (c) => {
    let upload: Upload | null = null;
    const open = async () => upload ??= await openUpload(c, { maxLineBytes: MAX_LINE_BYTES });
    const refused = await admit(c, async () => (await open()).field(CSRF_FIELD));
    if (refused !== null) return refused;
    refuseRole(whoOf(c).role, "administer");
    const answer = await answerOf(await open());
    if (answer.report !== null) {
      await audit.record({ action: "facts.imported", target: "", by: whoOf(c).username });
    }
    return send(c, answer);
  });

  async function answerOf({ file }: Upload): Promise<Answer> {
    if (file === null) return { report: null, problem: "noFile", status: 400 };
    try {
      return { report: await missions.importFacts(file), problem: null, status: 200 };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === "CONFLICT") return { report: null, problem: "conflict", status: 409 };
      if (error.code !== "UNAVAILABLE") throw error;
      return { report: null, problem: "unavailable", status: 503 };
    }
  }

  function send(c: AppContext, { report, problem, status }: Answer) {
    const view = { ...exportView(c, missions), report, problem };
    return pages.send(c, {
      status,
      title: ({ t }) => t.export.title,
      body: (ui) => <ExportPage view={view} ui={ui} />,
      path: "/admin/export",
    });
  }
  return app;
}
