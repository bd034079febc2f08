import type { Activity } from "../../lib/people/mod.ts";
import { PageHead } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { Entries, EntryItem, type FeedView, ReadAll } from "./entries.tsx";
import { AppFrame } from "./frame.tsx";

export interface FeedPageProps {
  readonly view: FeedView<Activity>;
  readonly ui: Ui;
}

const PATH = "/app/feed";

/** `/app/feed`: what a person did, in whichever application (L-31). */
export function FeedPage({ view, ui }: FeedPageProps) {
  const { t, format } = ui;
  const words = t.people.feed;
  return (
    <AppFrame ui={ui} current="feed">
      <PageHead
        title={words.title}
        lead={words.lead(format.number(view.unread))}
        action={view.unread > 0 && <ReadAll path={PATH} ui={ui} />}
      />
      <Entries
        view={view}
        none={{ title: words.none, hint: words.noneHint }}
        path={PATH}
        item={(activity) => (
          <EntryItem
            key={activity.entryId}
            entry={activity}
            kind={words.types[activity.type]}
            text={activity.description}
            action={`${PATH}/${activity.entryId}`}
            ui={ui}
          />
        )}
        ui={ui}
      />
    </AppFrame>
  );
}
