/** What people's own sockets carry over Socket.IO, and what they ask for. */

import type { ActivityType } from "../../lib/activity_types.ts";
import type { ActivityPage, LearningView, NotificationPage } from "../../lib/people/view.ts";

/** What an administrator sends to try a connection (V-14). */
export interface TestMessage {
  readonly message: string;
  readonly timestamp: string;
  readonly server: string;
}

/** How many persons have a connection to this process (L-25). */
export interface UsersStatus {
  readonly activeCount: number;
  readonly timestamp: string;
}

/** What everybody who is signed in may hear of an activity, where its kind is public (T-L03). */
export interface PublicActivity {
  readonly type: ActivityType;
  readonly title: string;
  readonly timestamp: string;
}

/** What `activity:create` stores. */
export interface ActivityRequest {
  readonly type: ActivityType;
  /** Whose it is: one's own without it. Only administrators name somebody else. */
  readonly userId?: string;
  /** Follows from the type without it. */
  readonly title?: string;
  readonly description?: string;
  readonly data?: unknown;
}

/** What `data:request` may ask for. */
export const DATA_NAMES = ["activities", "analytics", "notifications", "status"] as const;
export type DataName = (typeof DATA_NAMES)[number];

/** What `data:request` asks for; a bare name is one's own first page. */
export interface DataRequest {
  readonly name: DataName;
  /** One's own without it. Only administrators name somebody else. */
  readonly userId?: string;
  /** 1 to 100; 20 without it. */
  readonly limit?: number;
  /** 0 without it. */
  readonly skip?: number;
}

/** The answer to `user:login`. */
export interface LoginAnswer {
  readonly userId: string;
  readonly activeCount: number;
}

/** What `data:request` is answered with. */
export type DataAnswer = ActivityPage | NotificationPage | LearningView | UsersStatus;
