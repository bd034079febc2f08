import type { ImportReport } from "../../lib/missions/import/report.ts";
import type { MissionsService } from "../../lib/missions/mod.ts";
import type { MissionFact } from "../../lib/missions/schema.ts";
import { textLines } from "../../lib/text_lines.ts";

/** Of all missions and times. */
export const ALL_ATTEMPTS = {
  missionTypes: ["portfolio", "vocabulary"],
  period: { from: 0, to: Number.MAX_SAFE_INTEGER },
};

/** All facts, as `entity=facts` exports them. */
export async function exportFacts(missions: MissionsService): Promise<MissionFact[]> {
  return (await Array.fromAsync(await missions.openFacts(ALL_ATTEMPTS))).flat();
}

/** Imports facts, or lines as they stand, as a file of them. */
export async function importLines(
  missions: MissionsService,
  lines: readonly unknown[],
): Promise<ImportReport> {
  const texts = lines.map((line) => typeof line === "string" ? line : JSON.stringify(line));
  const stream = new Blob([texts.join("\n")]).stream();
  return await missions.importFacts(textLines(stream, { maxBytes: 60 * 1024 }));
}
