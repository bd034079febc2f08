/** What tells an event and its repeats apart from others of the attempt. */
export interface EventMarks {
  readonly clientEventId?: string;
  readonly seq?: number;
}

/** What the marks of an event take in memory, with the id that they lead to (measured). */
const EVENT_BYTES = 170;

/**
 * The first event's id by the client's own id, and by `seq`. A class with maps that are made when
 * they are needed: thousands of attempts are waited for at once, and a bare client has neither.
 */
export class FirstEvents {
  #byClientId: Map<string, string> | null = null;
  /** Of `seq` 1, 2, 3 … without a gap: a list takes a fifth of a map. */
  #inOrder: string[] | null = null;
  /** Beyond the gap. */
  #bySeq: Map<number, string> | null = null;
  #ackUpTo = 0;
  #count = 0;

  /** Every `seq` up to here has been taken. */
  get ackUpTo(): number {
    return this.#ackUpTo;
  }

  /** What all of it takes in memory, about. */
  get bytes(): number {
    return this.#count * EVENT_BYTES;
  }

  take({ clientEventId, seq, eventId }: EventMarks & { readonly eventId: string }): void {
    if (clientEventId === undefined && seq === undefined) return;
    this.#count++;
    if (clientEventId !== undefined) (this.#byClientId ??= new Map()).set(clientEventId, eventId);
    if (seq !== undefined) this.#takeSeq(seq, eventId);
  }

  /** The client's own id tells a repeat; where there is none, its number does. */
  find({ clientEventId, seq }: EventMarks): string | null {
    if (clientEventId !== undefined) return this.#byClientId?.get(clientEventId) ?? null;
    return seq === undefined ? null : this.#idOf(seq) ?? null;
  }

  hasSeq(seq: number): boolean {
    return this.#idOf(seq) !== undefined;
  }

  /** For an attempt whose events were removed: nothing is taken any more, repeats are refused. */
  forget(): void {
    this.#byClientId = this.#inOrder = this.#bySeq = null;
    this.#count = 0;
  }

  #takeSeq(seq: number, eventId: string): void {
    const inOrder = this.#inOrder ??= [];
    if (seq > inOrder.length + 1) {
      (this.#bySeq ??= new Map()).set(seq, eventId);
      return;
    }
    inOrder[seq - 1] = eventId;
    let next: string | undefined;
    while ((next = this.#bySeq?.get(inOrder.length + 1)) !== undefined) {
      this.#bySeq?.delete(inOrder.length + 1);
      inOrder.push(next);
    }
    this.#ackUpTo = inOrder.length;
  }

  #idOf(seq: number): string | undefined {
    return this.#inOrder?.[seq - 1] ?? this.#bySeq?.get(seq);
  }
}
