import type { Missions } from "../../../lib/missions/mod.ts";
import type { MissionLabel } from "../../../lib/missions/view.ts";

/** The defined missions, one label a type, in the order of their types. */
export function missionLabels({ all }: Missions): MissionLabel[] {
  const labels = new Map<string, MissionLabel>();
  for (const { missionType, name } of all) {
    if (!labels.has(missionType)) labels.set(missionType, { missionType, name });
  }
  return [...labels.values()].sort((a, b) => a.missionType < b.missionType ? -1 : 1);
}

/** The label of an attempt's mission, as it was named when the attempt began. */
export function missionLabel(
  missions: Missions,
  { missionType, missionVersion }: { missionType: string; missionVersion: number },
): MissionLabel {
  return { missionType, name: missions.version(missionType, missionVersion).name };
}
