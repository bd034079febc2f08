import { toIso } from "../../../lib/clock.ts";
import {
  ATTEMPT_SORTS,
  ATTEMPT_STATUSES,
  type AttemptRow,
  type AttemptSort,
  type ListPlace,
  type Missions,
  type MissionsService,
  outcomeOf,
  sortValue,
  totalDuration,
} from "../../../lib/missions/mod.ts";
import type { AttemptListRow, AttemptListView } from "../../../lib/missions/view.ts";
import { missionLabel, missionLabels } from "./labels.ts";

const PAGE_ROWS = 50;
const MAX_ROWS = 200;

/**
 * The list that an address asks for; what it asks for wrongly is left at its default. It goes on
 * from a place: the offset beside it only tells how many rows lie before, as walking over them
 * would cost the more the further one is.
 */
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
  const beside = placeOf(query);
  const { rows, total } = await service.list({
    missionTypes: missionType === "all" ? types : [missionType],
    statuses: status === "all" ? ATTEMPT_STATUSES : [status],
    sort: sortBy,
    order,
    limit,
    offset: 0,
    beside,
  });
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    missions: labels,
    filter: { missionType, status },
    sortBy,
    order,
    total,
    limit,
    offset: beside === undefined
      ? 0
      : whole(query.get("offset"), { fallback: 0, min: 0, max: 1e9 }),
    before: first === undefined ? null : placeText(sortBy, first),
    after: last === undefined ? null : placeText(sortBy, last),
    rows: rows.map((row) => toRow(row, missions)),
  };
}

function placeText(sortBy: AttemptSort, row: AttemptRow): string {
  return `${sortValue(sortBy, row) ?? "none"}_${row.attemptId}`;
}

/** The place that a link of the list names; undefined for none, and for what is none. */
function placeOf(query: URLSearchParams): ListPlace | undefined {
  const side = query.has("after") ? "after" : "before";
  const [, value, attemptId] = PLACE.exec(query.get(side) ?? "") ?? [];
  if (attemptId === undefined) return undefined;
  return { side, value: value === "none" ? null : Number(value), attemptId };
}

const PLACE = /^(none|-?\d{1,16}(?:\.\d{1,6})?)_(attempt_\d{1,42})$/;

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
