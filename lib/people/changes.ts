import type { FeedName } from "./keys.ts";
import type { Activity, Learning, Notification } from "./schema.ts";
import type { FeedChange } from "./view.ts";

/** What changed for a person; each is pushed to their sockets (L-26, L-34). */
export type Change =
  | { readonly kind: "activity"; readonly activity: Activity }
  | { readonly kind: "notification"; readonly notification: Notification }
  | { readonly kind: "learning"; readonly learning: Learning }
  | { readonly kind: FeedName; readonly change: FeedChange };

export type Watcher = (userId: string, change: Change) => void;

export interface Page {
  readonly limit: number;
  readonly skip: number;
}
