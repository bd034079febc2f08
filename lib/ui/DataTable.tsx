import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { Ui } from "./ui.ts";

export interface Column<R> {
  readonly head: ComponentChildren;
  readonly cell: (row: R) => ComponentChildren;
  readonly isNumber?: boolean;
  /** Left out where the screen is narrow. */
  readonly isMinor?: boolean;
  /** Sentences, in several lines where the screen is narrow. */
  readonly isText?: boolean;
  readonly sort?: { readonly href: string; readonly order: "asc" | "desc" | null };
}

export interface DataTableProps<R> {
  readonly caption: string;
  /** The first one names the row. */
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
  /** Read out for the scrolling frame; see `t.table.scroll`. */
  readonly scrollLabel: string;
}

/** A table in a frame that scrolls sideways, by keyboard as well. */
export function DataTable<R>(
  { caption, columns, rows, keyOf, scrollLabel }: DataTableProps<R>,
) {
  return (
    <div class="table-frame" role="region" aria-label={scrollLabel} tabIndex={0}>
      <table class="table">
        <caption class="sr-only">{caption}</caption>
        <thead>
          <tr>{columns.map((column, index) => <Head key={index} column={column} />)}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, index) =>
                index === 0
                  ? <th key={index} scope="row" class={classOf(column)}>{column.cell(row)}</th>
                  : <td key={index} class={classOf(column)}>{column.cell(row)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type ColumnHead = Omit<Column<never>, "cell">;

function Head({ column }: { readonly column: ColumnHead }) {
  const { head, sort } = column;
  if (!sort) return <th scope="col" class={classOf(column)}>{head}</th>;
  const icon = sort.order === null ? "updown" : sort.order === "asc" ? "up" : "down";
  const spoken = sort.order === null ? "none" : `${sort.order}ending` as const;
  return (
    <th scope="col" class={classOf(column)} aria-sort={spoken}>
      <a class="table__sort" href={sort.href}>
        {head}
        <Icon name={icon} />
      </a>
    </th>
  );
}

function classOf({ isNumber, isMinor, isText }: ColumnHead): string | undefined {
  const classes = [isNumber && "is-number", isMinor && "is-minor", isText && "is-text"];
  return classes.filter(Boolean).join(" ") || undefined;
}

export interface PagerProps {
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
  readonly href: (offset: number) => string;
  readonly ui: Pick<Ui, "t">;
}

export function Pager({ total, limit, offset, href, ui: { t } }: PagerProps) {
  const last = Math.min(offset + limit, total);
  return (
    <nav class="pager" aria-label={t.table.pages}>
      <p class="pager__range">
        {t.table.range(offset + 1, last, total)}
      </p>
      <PagerLink href={offset > 0 ? href(Math.max(0, offset - limit)) : null} rel="prev">
        <Icon name="left" />
        {t.table.previous}
      </PagerLink>
      <PagerLink href={last < total ? href(last) : null} rel="next">
        {t.table.next}
        <Icon name="right" />
      </PagerLink>
    </nav>
  );
}

interface PagerLinkProps {
  readonly href: string | null;
  readonly rel: "prev" | "next";
  readonly children: ComponentChildren;
}

function PagerLink({ href, rel, children }: PagerLinkProps) {
  return href === null
    ? <span class="button button--off" aria-disabled="true">{children}</span>
    : <a class="button" href={href} rel={rel}>{children}</a>;
}
