import { toIso } from "../../lib/clock.ts";
import type { Activity } from "../../lib/people/mod.ts";
import { Pager } from "../../lib/ui/DataTable.tsx";
import { Icon } from "../../lib/ui/Icon.tsx";
import { EmptyState } from "../../lib/ui/Notice.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { ActionForm, AppFrame } from "./frame.tsx";

export interface FeedView<T> {
  /** Newest first. */
  readonly entries: readonly T[];
  readonly total: number;
  readonly unread: number;
  readonly limit: number;
  readonly skip: number;
}

export interface FeedPageProps {
  readonly view: FeedView<Activity>;
  readonly ui: Ui;
}

/** `/app/feed`: what a person did, in whichever application (L-31). */
export function FeedPage({ view, ui }: FeedPageProps) {
  const { t, format } = ui;
  const words = t.people.feed;
  return (
    <AppFrame ui={ui} current="feed">
      <PageHead
        title={words.title}
        lead={words.lead(format.number(view.unread))}
        action={view.unread > 0 && (
          <ActionForm ui={ui} action="/app/feed/read-all">
            <button class="button" type="submit">
              <Icon name="check" />
              {words.readAll}
            </button>
          </ActionForm>
        )}
      />
      {view.entries.length === 0
        ? <EmptyState title={words.none} hint={words.noneHint} />
        : (
          <ul class="entries">
            {view.entries.map((activity) => (
              <ActivityItem key={activity.entryId} activity={activity} ui={ui} />
            ))}
          </ul>
        )}
      {view.total > view.limit && (
        <Pager
          total={view.total}
          limit={view.limit}
          offset={view.skip}
          href={(skip) => `/app/feed?skip=${skip}`}
          ui={ui}
        />
      )}
    </AppFrame>
  );
}

function ActivityItem({ activity, ui }: { readonly activity: Activity; readonly ui: Ui }) {
  const words = ui.t.people.feed;
  return (
    <EntryItem
      entry={activity}
      kind={words.types[activity.type]}
      text={activity.description}
      action={`/app/feed/${activity.entryId}`}
      ui={ui}
    />
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
