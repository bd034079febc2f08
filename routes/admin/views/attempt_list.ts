import { toIso } from "../../../lib/clock.ts";
import {
  ATTEMPT_SORTS,
  ATTEMPT_STATUSES,
  type AttemptRow,
  type Missions,
  type MissionsService,
  outcomeOf,
  totalDuration,
} from "../../../lib/missions/mod.ts";
import type { AttemptListRow, AttemptListView } from "../../../lib/missions/view.ts";
import { missionLabel, missionLabels } from "./labels.ts";

const PAGE_ROWS = 50;
const MAX_ROWS = 200;

/** The list that an address asks for; what it asks for wrongly is left at its default. */
export async function attemptListView(
  service: MissionsService,
  query: URLSearchParams,
): Promise<AttemptListView> {
  const { missions } = service;
  const labels = missionLabels(missions);
  const types = labels.map((label) => label.missionType);
  const missionType = types.find((it) => it === query.get("missionType")) ?? "all";
  const status = ATTEMPT_STATUSES.find((it) => it === query.get("status")) ?? "all";
  const sortBy = ATTEMPT_SORTS.find((it) => it === query.get("sortBy")) ?? "startTime";
  const order = query.get("order") === "asc" ? "asc" : "desc";
  const limit = whole(query.get("limit"), { fallback: PAGE_ROWS, min: 1, max: MAX_ROWS });
  const offset = whole(query.get("offset"), { fallback: 0, min: 0, max: 1e9 });
  const { rows, total } = await service.list({
    missionTypes: missionType === "all" ? types : [missionType],
    statuses: status === "all" ? ATTEMPT_STATUSES : [status],
    sort: sortBy,
    order,
    limit,
    offset,
  });
  return {
    missions: labels,
    filter: { missionType, status },
    sortBy,
    order,
    total,
    limit,
    offset,
    rows: rows.map((row) => toRow(row, missions)),
  };
}

function toRow(row: AttemptRow, missions: Missions): AttemptListRow {
  return {
    attemptId: row.attemptId,
    mission: missionLabel(missions, row),
    status: outcomeOf(row.lifecycle, row.journey).status,
    startTime: toIso(row.startAt),
    totalSeconds: totalDuration(row),
    rating: row.review?.rating ?? null,
  };
}

function whole(
  text: string | null,
  { fallback, min, max }: { fallback: number; min: number; max: number },
): number {
  return /^\d{1,10}$/.test(text ?? "") ? Math.min(max, Math.max(min, Number(text))) : fallback;
}
