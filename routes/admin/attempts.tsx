import {
  ATTEMPT_STATUSES,
  type AttemptListRow,
  type AttemptListView,
  type AttemptSort,
} from "../../lib/missions/view.ts";
import { type Column, DataTable, Pager } from "../../lib/ui/DataTable.tsx";
import { shortId } from "../../lib/ui/EventRow.tsx";
import { FilterBar, Select } from "../../lib/ui/Field.tsx";
import { EmptyState } from "../../lib/ui/Notice.tsx";
import { ratingText } from "../../lib/ui/rating.ts";
import { PageHead } from "../../lib/ui/Shell.tsx";
import { StatusBadge } from "../../lib/ui/StatusBadge.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { AdminFrame } from "./frame.tsx";

export interface AttemptsPageProps {
  readonly view: AttemptListView;
  readonly ui: Ui;
}

/** `/admin/attempts`: the list with filters, sorting and pages, all by the address. */
export function AttemptsPage({ view, ui }: AttemptsPageProps) {
  const { t } = ui;
  return (
    <AdminFrame ui={ui} current="attempts">
      <PageHead
        title={t.attempts.title}
        lead={t.attempts.lead(view.total)}
      />
      <div class="toolbar">
        <Filters view={view} ui={ui} />
      </div>
      {view.rows.length === 0 ? <NoAttempts view={view} ui={ui} /> : (
        <div class="card card--flush">
          <DataTable
            caption={t.attempts.caption}
            scrollLabel={t.table.scroll(t.attempts.caption)}
            columns={columnsOf(view, ui)}
            rows={view.rows}
            keyOf={(row) => row.attemptId}
          />
          <Pager
            total={view.total}
            limit={view.limit}
            offset={view.offset}
            href={(offset) => `${hrefOf(view, { offset })}${besideQuery(view, offset)}`}
            ui={ui}
          />
        </div>
      )}
    </AdminFrame>
  );
}

function Filters({ view: { missions, filter, sortBy, order, limit }, ui }: AttemptsPageProps) {
  const { t, locale } = ui;
  return (
    <FilterBar label={t.attempts.title} action="/admin/attempts" apply={t.attempts.apply}>
      <Select
        label={t.attempts.mission}
        name="missionType"
        value={filter.missionType}
        options={[
          { value: "all", label: t.attempts.allMissions },
          ...missions.map((it) => ({ value: it.missionType, label: it.name[locale] })),
        ]}
      />
      <Select
        label={t.attempts.status}
        name="status"
        value={filter.status}
        options={[
          { value: "all", label: t.attempts.allStatuses },
          ...ATTEMPT_STATUSES.map((status) => ({ value: status, label: t.status[status] })),
        ]}
      />
      <input type="hidden" name="sortBy" value={sortBy} />
      <input type="hidden" name="order" value={order} />
      <input type="hidden" name="limit" value={limit} />
    </FilterBar>
  );
}

function columnsOf(view: AttemptListView, ui: Ui): Column<AttemptListRow>[] {
  const { t, format, locale } = ui;
  const sorted = (by: AttemptSort) => ({
    order: view.sortBy === by ? view.order : null,
    // The largest first, as one looks for the newest, the longest, the best; then turned around.
    href: hrefOf(view, {
      sortBy: by,
      order: view.sortBy === by && view.order === "desc" ? "asc" : "desc",
      offset: 0,
    }),
  });
  return [
    { head: t.attempts.attempt, cell: ({ attemptId }) => <AttemptLink attemptId={attemptId} /> },
    { head: t.attempts.mission, cell: ({ mission }) => mission.name[locale], isMinor: true },
    { head: t.attempts.status, cell: ({ status }) => <StatusBadge status={status} t={t} /> },
    {
      head: t.attempts.start,
      cell: ({ startTime }) => (
        <time dateTime={startTime} title={format.dateTime(startTime)}>
          {format.shortDateTime(startTime)}
        </time>
      ),
      sort: sorted("startTime"),
    },
    {
      head: t.attempts.duration,
      cell: (row) => <Duration row={row} ui={ui} />,
      isNumber: true,
      sort: sorted("duration"),
    },
    {
      head: t.attempts.rating,
      cell: ({ rating }) =>
        rating === null ? <span class="none">{t.attempts.notRated}</span> : ratingText(rating, t),
      sort: sorted("rating"),
    },
  ];
}

function AttemptLink({ attemptId }: Pick<AttemptListRow, "attemptId">) {
  const href = `/admin/attempts/${encodeURIComponent(attemptId)}`;
  return <a class="id-link" href={href} title={attemptId}>{shortId(attemptId)}</a>;
}

function Duration({ row, ui: { t, format } }: { readonly row: AttemptListRow; readonly ui: Ui }) {
  if (row.totalSeconds !== null) return <>{format.duration(row.totalSeconds)}</>;
  const isRunning = row.status === "pending" || row.status === "in_progress";
  return <span class="none">{isRunning ? t.attempts.running : t.figures.none}</span>;
}

function NoAttempts({ view: { filter }, ui: { t } }: AttemptsPageProps) {
  const isFiltered = filter.missionType !== "all" || filter.status !== "all";
  return (
    <div class="card">
      {isFiltered
        ? (
          <EmptyState
            icon="filter"
            title={t.attempts.emptyFiltered}
            hint={t.attempts.emptyFilteredHint}
            action={<a class="button" href="/admin/attempts">{t.attempts.clear}</a>}
          />
        )
        : <EmptyState title={t.attempts.empty} hint={t.attempts.emptyHint} />}
    </div>
  );
}

/** The place to go on from; the first page is read from the beginning. */
function besideQuery(view: AttemptListView, offset: number): string {
  if (offset === 0) return "";
  const [side, place] = offset > view.offset ? ["after", view.after] : ["before", view.before];
  return place === null ? "" : `&${side}=${encodeURIComponent(place)}`;
}

function hrefOf(
  { filter, sortBy, order, limit, offset }: AttemptListView,
  change: Partial<Pick<AttemptListView, "sortBy" | "order" | "offset">>,
): string {
  const place = { ...filter, sortBy, order, limit, offset, ...change };
  const query = Object.entries(place).map(([name, value]) => [name, String(value)]);
  return `/admin/attempts?${new URLSearchParams(query)}`;
}
