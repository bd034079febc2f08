/** What tells an event and its repeats apart from others of the attempt. */
export interface EventMarks {
  readonly clientEventId?: string;
  readonly seq?: number;
}

/**
 * The first event's id by the client's own id, and by `seq`. A class with maps that are made when
 * they are needed: thousands of attempts are waited for at once, and a bare client has neither.
 */
export class FirstEvents {
  #byClientId: Map<string, string> | null = null;
  #bySeq: Map<number, string> | null = null;
  #ackUpTo = 0;

  /** Every `seq` up to here has been taken. */
  get ackUpTo(): number {
    return this.#ackUpTo;
  }

  take({ clientEventId, seq, eventId }: EventMarks & { readonly eventId: string }): void {
    if (clientEventId !== undefined) (this.#byClientId ??= new Map()).set(clientEventId, eventId);
    if (seq === undefined) return;
    const bySeq = this.#bySeq ??= new Map();
    bySeq.set(seq, eventId);
    while (bySeq.has(this.#ackUpTo + 1)) this.#ackUpTo++;
  }

  /** The client's own id tells a repeat; where there is none, its number does. */
  find({ clientEventId, seq }: EventMarks): string | null {
    if (clientEventId !== undefined) return this.#byClientId?.get(clientEventId) ?? null;
    return seq === undefined ? null : this.#bySeq?.get(seq) ?? null;
  }

  hasSeq(seq: number): boolean {
    return this.#bySeq?.has(seq) ?? false;
  }

  /** For an attempt whose events were removed: nothing is taken any more, repeats are refused. */
  forget(): void {
    this.#byClientId = this.#bySeq = null;
  }
}
