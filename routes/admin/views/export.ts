import { permits } from "../../../lib/auth/roles.ts";
import type { MissionsService } from "../../../lib/missions/mod.ts";
import type { AppContext } from "../../middleware/context.ts";
import { whoOf } from "../../middleware/guards.ts";
import type { ExportView } from "../export.tsx";
import { missionLabels } from "./labels.ts";

/** The export page as whoever asks may use it. */
export function exportView(c: AppContext, { missions }: MissionsService): ExportView {
  return {
    missions: missionLabels(missions),
    mayImport: permits(whoOf(c).role, "administer"),
    report: null,
    problem: null,
  };
}
