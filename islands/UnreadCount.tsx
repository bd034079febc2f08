import { useEffect, useState } from "preact/hooks";
import type { Locale } from "../lib/ui/locale.ts";
import { createNumbers } from "../lib/ui/numbers.ts";
import { wordsOf } from "../lib/ui/words.ts";
import { connectUnread } from "./unread.ts";

export interface UnreadCountProps {
  /** When the page was made. */
  readonly unread: number;
  readonly locale: Locale;
}

/** How many notifications are unread, beside the bell; nothing when none is. */
export function UnreadCount({ unread: before, locale }: UnreadCountProps) {
  const [unread, setUnread] = useState(before);
  useEffect(() => {
    const ended = new AbortController();
    // Without the library the number stays as the page was made.
    connectUnread(setUnread, ended.signal).catch(() => {});
    return () => ended.abort();
  }, []);
  if (unread === 0) return null;
  const text = createNumbers(locale).number(unread);
  return (
    <span class="nav__count">
      <span aria-hidden="true">{text}</span>
      <span class="sr-only">{wordsOf(locale).people.feed.lead(text)}</span>
    </span>
  );
}
