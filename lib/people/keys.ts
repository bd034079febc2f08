import type { Key } from "../kv/port.ts";

/** A person's list of entries: what they did, or what they were told. */
export type FeedName = "activities" | "notifications";

/** Every key of the people. Indexes hold `null`; the row is read by its id. */
export const peopleKeys = {
  entry: (feed: FeedName, entryId: string): Key => ["people", feed, entryId],
  /** In the order in which they came. */
  entryByUser: (feed: FeedName, { userId, sequence, entryId }: EntryPlace): Key => [
    ...peopleKeys.entriesByUser(feed, userId),
    sequence,
    entryId,
  ],
  entriesByUser: (feed: FeedName, userId: string): Key => ["people", `${feed}_by_user`, userId],
  entryByExpiry: (feed: FeedName, expiresAt: number, entryId: string): Key => [
    ...peopleKeys.entriesByExpiry(feed),
    expiresAt,
    entryId,
  ],
  entriesByExpiry: (feed: FeedName): Key => ["people", `${feed}_by_expiry`],
  /** How many there are, and how many of them unread. */
  counts: (feed: FeedName, userId: string): Key => ["people", `${feed}_counts`, userId],
  profile: (userId: string): Key => ["people", "profiles", userId],
  avatar: (userId: string): Key => ["people", "avatars", userId],
  learning: (userId: string): Key => ["people", "learning", userId],
  /** The most hours first: numbers sort upwards, so they stand here with a minus. */
  learningByHours: ({ totalLearningHours, currentStreak, userId }: LearningPlace): Key => [
    ...peopleKeys.allLearningByHours,
    -totalLearningHours,
    -currentStreak,
    userId,
  ],
  allLearningByHours: ["people", "learning_by_hours"] satisfies Key,
};

interface EntryPlace {
  readonly userId: string;
  readonly sequence: number;
  readonly entryId: string;
}

interface LearningPlace {
  readonly totalLearningHours: number;
  readonly currentStreak: number;
  readonly userId: string;
}
