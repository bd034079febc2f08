import type { Page, Watcher } from "./changes.ts";
import { addHours, asOf, countDay, increment, newLearning, setDay, setStreak } from "./learning.ts";
import type { LearningStore } from "./learning_store.ts";
import type { DayEntry, Increment, Learning } from "./schema.ts";

export interface LearnersDeps {
  readonly store: LearningStore;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** `YYYY-MM-DD` in the exhibition. */
  readonly today: () => string;
  /** @throws AppError NOT_FOUND */
  readonly requirePerson: (userId: string) => Promise<void>;
  readonly tell: Watcher;
}

/** What people have learned, in figures (L-08 to L-14). */
export function createLearners({ store, now, today, requirePerson, tell }: LearnersDeps) {
  async function change(
    userId: string,
    to: (learning: Learning) => Learning,
  ): Promise<Learning> {
    await requirePerson(userId);
    const changed = await store.change(userId, (known) => {
      const before = known ?? newLearning(userId, now());
      const after = to(before);
      return after === known ? known : { ...after, updatedAt: now() };
    });
    const seen = asOf(changed.after, today());
    if (changed.after !== changed.before) tell(userId, { kind: "learning", learning: seen });
    return seen;
  }

  return {
    /** Zeros for a person who has not begun (T-L04). @throws AppError NOT_FOUND */
    async findLearning(userId: string): Promise<Learning> {
      await requirePerson(userId);
      return asOf(await store.find(userId) ?? newLearning(userId, now()), today());
    },
    /** Begins, if that has not been; changes nothing otherwise (L-09). */
    beginLearning: (userId: string) => change(userId, (known) => known),
    addHours: (userId: string, hours: number) => change(userId, (known) => addHours(known, hours)),
    setStreak: (userId: string, streak: { currentStreak: number; longestStreak: number }) =>
      change(userId, (known) => setStreak(known, streak, today())),
    increment: (userId: string, by: Increment) => change(userId, (known) => increment(known, by)),
    setDay: (userId: string, entry: DayEntry) =>
      change(userId, (known) => setDay(known, entry, today())),
    /** Carries the streak on: today there was an activity (T-L11). */
    countDay: (userId: string) => change(userId, (known) => countDay(known, today())),
    async leaders(page: Page): Promise<{ learners: Learning[]; total: number }> {
      const day = today();
      const learners = (await store.leaders(page)).map((row) => asOf(row, day));
      return { learners, total: store.total() };
    },
  };
}
