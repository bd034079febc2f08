import type { ComponentChildren } from "preact";
import { toIso } from "../../lib/clock.ts";
import { Pager } from "../../lib/ui/DataTable.tsx";
import { Icon } from "../../lib/ui/Icon.tsx";
import { EmptyState } from "../../lib/ui/Notice.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { ActionForm } from "./frame.tsx";

/** A page of a feed. */
export interface FeedView<T> {
  /** Newest first. */
  readonly entries: readonly T[];
  readonly total: number;
  readonly unread: number;
  readonly limit: number;
  readonly skip: number;
}

export interface EntriesProps<T> {
  readonly view: FeedView<T>;
  readonly item: (entry: T) => ComponentChildren;
  /** Said where there are no entries. */
  readonly none: { readonly title: string; readonly hint: string };
  /** Of the page that they stand on. */
  readonly path: string;
  readonly ui: Ui;
}

/** The entries of a feed, and the way to older ones. */
export function Entries<T>({ view, item, none, path, ui }: EntriesProps<T>) {
  return (
    <>
      {view.entries.length === 0
        ? <EmptyState {...none} />
        : <ul class="entries">{view.entries.map(item)}</ul>}
      {view.total > view.limit && (
        <Pager
          total={view.total}
          limit={view.limit}
          offset={view.skip}
          href={(skip) => `${path}?skip=${skip}`}
          ui={ui}
        />
      )}
    </>
  );
}

/** Marks all of a feed as read. */
export function ReadAll({ path, ui }: { readonly path: string; readonly ui: Ui }) {
  return (
    <ActionForm ui={ui} action={`${path}/read-all`}>
      <button class="button" type="submit">
        <Icon name="check" />
        {ui.t.people.feed.readAll}
      </button>
    </ActionForm>
  );
}

export interface EntryItemProps {
  readonly entry: {
    readonly title: string;
    readonly at: number;
    readonly isRead: boolean;
  };
  readonly kind: string;
  readonly text: string;
  /** Address of the forms: `/read` and `/remove` follow. */
  readonly action: string;
  readonly link?: { readonly href: string; readonly label: string };
  readonly ui: Ui;
}

/** One line of a feed, with what can be done with it. */
export function EntryItem({ entry, kind, text, action, link, ui }: EntryItemProps) {
  const { t, format } = ui;
  const words = t.people.feed;
  return (
    <li class={entry.isRead ? "entries__item" : "entries__item entries__item--new"}>
      <div class="entries__body">
        <p class="entries__kind">
          {!entry.isRead && <span class="entries__dot" role="img" aria-label={words.unread} />}
          {kind}
          <time dateTime={toIso(entry.at)}>{format.dateTime(toIso(entry.at))}</time>
        </p>
        <p class="entries__title">{entry.title}</p>
        {text && <p class="entries__text">{text}</p>}
        {link && <a class="link" href={link.href} rel="noopener">{link.label}</a>}
      </div>
      <div class="entries__actions">
        {!entry.isRead && (
          <ActionForm ui={ui} action={`${action}/read`}>
            <button class="button" type="submit" aria-label={`${words.markRead}: ${entry.title}`}>
              <Icon name="check" />
            </button>
          </ActionForm>
        )}
        <ActionForm ui={ui} action={`${action}/remove`}>
          <button class="button" type="submit" aria-label={`${words.remove}: ${entry.title}`}>
            <Icon name="cross" />
          </button>
        </ActionForm>
      </div>
    </li>
  );
}
