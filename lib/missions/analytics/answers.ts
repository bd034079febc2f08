/** Answers kept; each is some kilobytes, with a survival curve some tens. */
const MAX_ANSWERS = 200;

/** Answers that hold until the data that they are made of change (M-67, T-M18). */
export interface Answers<T> {
  /** The answer to a question over data of a version, made now or before, and never twice at once. */
  get(question: string, version: number, make: () => Promise<T>): Promise<T>;
}

interface Kept<T> {
  readonly version: number;
  readonly answer: Promise<T>;
}

export function createAnswers<T>(): Answers<T> {
  const kept = new Map<string, Kept<T>>();

  function open(question: string, version: number, make: () => Promise<T>): Kept<T> {
    const opened: Kept<T> = { version, answer: make() };
    opened.answer.catch(() => {
      if (kept.get(question) === opened) kept.delete(question);
    });
    return opened;
  }

  return {
    get(question, version, make) {
      const known = kept.get(question);
      const entry = known?.version === version ? known : open(question, version, make);
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
