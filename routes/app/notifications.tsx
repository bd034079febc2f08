import type { Notification } from "../../lib/people/mod.ts";
import { Icon } from "../../lib/ui/Icon.tsx";
import { EmptyState } from "../../lib/ui/Notice.tsx";
import { Pager } from "../../lib/ui/DataTable.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { EntryItem, type FeedView } from "./feed.tsx";
import { ActionForm, AppFrame } from "./frame.tsx";

export interface NotificationsPageProps {
  readonly view: FeedView<Notification>;
  readonly ui: Ui;
}

/** `/app/notifications`: what a person is told (L-31). */
export function NotificationsPage({ view, ui }: NotificationsPageProps) {
  const { t, format } = ui;
  const words = t.people.notifications;
  return (
    <AppFrame ui={ui} current="notifications">
      <PageHead
        title={words.title}
        lead={t.people.feed.lead(format.number(view.unread))}
        action={view.total > 0 && <Actions view={view} ui={ui} />}
      />
      {view.entries.length === 0
        ? <EmptyState title={words.none} hint={words.noneHint} />
        : (
          <ul class="entries">
            {view.entries.map((notification) => (
              <EntryItem
                key={notification.entryId}
                entry={notification}
                kind={words.types[notification.type]}
                text={notification.message}
                action={`/app/notifications/${notification.entryId}`}
                link={notification.actionUrl === null
                  ? undefined
                  : { href: notification.actionUrl, label: words.open }}
                ui={ui}
              />
            ))}
          </ul>
        )}
      {view.total > view.limit && (
        <Pager
          total={view.total}
          limit={view.limit}
          offset={view.skip}
          href={(skip) => `/app/notifications?skip=${skip}`}
          ui={ui}
        />
      )}
    </AppFrame>
  );
}

function Actions({ view, ui }: NotificationsPageProps) {
  const { t } = ui;
  return (
    <div class="entries__actions">
      {view.unread > 0 && (
        <ActionForm ui={ui} action="/app/notifications/read-all">
          <button class="button" type="submit">
            <Icon name="check" />
            {t.people.feed.readAll}
          </button>
        </ActionForm>
      )}
      <ActionForm ui={ui} action="/app/notifications/clear-all">
        <button class="button" type="submit">
          <Icon name="cross" />
          {t.people.notifications.clear}
        </button>
      </ActionForm>
    </div>
  );
}
