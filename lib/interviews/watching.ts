import type { Analysis } from "./analysis/analysis_schema.ts";
import type { Session } from "./schema.ts";
import type { Stage } from "./view.ts";

/** What happened to a person's interviews; told after it is stored. */
export type Change =
  | { readonly kind: "interview:updated"; readonly session: Session }
  | { readonly kind: "interview:deleted"; readonly sessionId: string }
  /** Its person completed it; answers may still be judged. */
  | { readonly kind: "interview:completed"; readonly session: Session }
  /** It ends by itself at `session.deadlineAt`. */
  | { readonly kind: "interview:warning"; readonly session: Session }
  | { readonly kind: "analysis:started"; readonly analysis: Analysis }
  | {
    readonly kind: "analysis:progress";
    readonly analysis: Analysis;
    /** From 0 to 100. */
    readonly percent: number;
    readonly stage: Stage;
  }
  | { readonly kind: "analysis:completed"; readonly analysis: Analysis }
  | { readonly kind: "analysis:failed"; readonly analysis: Analysis }
  /** Completed, and one more answer is judged; others are still to come. */
  | { readonly kind: "report:updated"; readonly session: Session }
  /** Completed, and every answer of it is judged or given up. */
  | { readonly kind: "report:generated"; readonly session: Session };

export type Watcher = (userId: string, change: Change) => void;

export interface Watching {
  /** Tells of every change until the result is called. */
  watch(watcher: Watcher): () => void;
  tell: Watcher;
}

export function createWatching(): Watching {
  const watchers = new Set<Watcher>();
  return {
    watch(watcher) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    tell(userId, change) {
      for (const watcher of watchers) watcher(userId, change);
    },
  };
}
