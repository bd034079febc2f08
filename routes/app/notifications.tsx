import type { Notification } from "../../lib/people/mod.ts";
import { Icon } from "../../lib/ui/Icon.tsx";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { Entries, EntryItem, type FeedView, ReadAll } from "./entries.tsx";
import { ActionForm, AppFrame } from "./frame.tsx";

export interface NotificationsPageProps {
  readonly view: FeedView<Notification>;
  readonly ui: Ui;
}

const PATH = "/app/notifications";

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
      <Entries
        view={view}
        none={{ title: words.none, hint: words.noneHint }}
        path={PATH}
        item={(notification) => (
          <EntryItem
            key={notification.entryId}
            entry={notification}
            kind={words.types[notification.type]}
            text={notification.message}
            action={`${PATH}/${notification.entryId}`}
            link={notification.actionUrl === null
              ? undefined
              : { href: notification.actionUrl, label: words.open }}
            ui={ui}
          />
        )}
        ui={ui}
      />
    </AppFrame>
  );
}

function Actions({ view, ui }: NotificationsPageProps) {
  return (
    <div class="entries__actions">
      {view.unread > 0 && <ReadAll path={PATH} ui={ui} />}
      <ActionForm ui={ui} action={`${PATH}/clear-all`}>
        <button class="button" type="submit">
          <Icon name="cross" />
          {ui.t.people.notifications.clear}
        </button>
      </ActionForm>
    </div>
  );
}
