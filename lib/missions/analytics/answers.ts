/** Answers kept; each is some kilobytes, with a survival curve some tens. */
const MAX_ANSWERS = 200;

/** Answers that hold until the data that they are made of change (M-67, T-M18). */
export interface Answers<T> {
  /** The answer to a question over data of a version, made now or before. */
  get(question: string, version: number, make: () => T): T;
}

export function createAnswers<T>(): Answers<T> {
  const kept = new Map<string, { readonly version: number; readonly answer: T }>();
  return {
    get(question, version, make) {
      const known = kept.get(question);
      const entry = known?.version === version ? known : { version, answer: make() };
      kept.delete(question);
      kept.set(question, entry);
      // A map gives its keys in the order of insertion: the first is the longest unused.
      for (const oldest of kept.keys()) {
        if (kept.size <= MAX_ANSWERS) break;
        kept.delete(oldest);
      }
      return entry.answer;
    },
  };
}
