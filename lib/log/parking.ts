import { z } from "zod";
import { decodeJson, encodeText } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { concatJson } from "./encode.ts";
import { logKeys } from "./keys.ts";
import { type Fact, type FactSchemas, type LogRecord, rawFactSchema, toRecord } from "./schema.ts";
import type { WriteGroup } from "./write_groups.ts";

export interface ParkingDeps {
  readonly kv: Kv;
  readonly schemas: FactSchemas;
  /** The projection that could not put the facts into its rows. */
  readonly name: string;
  /** What facts have to be applied in order for; null for a fact that stands alone. */
  readonly subjectOf: (fact: Fact) => string | null;
}

/** A fault that hits more of them is one of the program or of the store, and of no fact. */
const MAX_SUBJECTS = 20;
const MAX_ERROR_CHARS = 500;

const parkedSchema = z.object({ error: z.string(), fact: rawFactSchema });

/**
 * Facts that a projection could not put into its rows, kept until a program comes that can. Behind
 * a fact waits every later one of its subject, so that nothing is applied out of order: the
 * subject's rows stand as they were before it (decision 005).
 */
export class Parking {
  readonly #deps: ParkingDeps;
  /** How many facts are parked of each subject. */
  readonly #counts = new Map<string, number>();

  constructor(deps: ParkingDeps) {
    this.#deps = deps;
  }

  /** What is parked, up to the cursor's position; what lies beyond will come again by the log. */
  async open(cursor: number): Promise<LogRecord[]> {
    const records: LogRecord[] = [];
    for await (const record of this.#stored()) {
      if (record.position <= cursor) records.push(record);
      else await this.#deps.kv.delete(this.#keyOf(record));
    }
    this.park(records);
    return records;
  }

  /** How many facts are parked. */
  count(): number {
    return this.#counts.values().reduce((sum, count) => sum + count, 0);
  }

  /** What is parked of one subject, in order. */
  async of(subject: string): Promise<LogRecord[]> {
    if (!this.#counts.has(subject)) return [];
    const stored = await Array.fromAsync(this.#stored());
    return stored.filter((record) => this.subjectOf(record) === subject);
  }

  /** A subject of its own for a fact that stands alone. */
  subjectOf({ position, fact, fault, encoded }: LogRecord): string {
    const told = fault === undefined
      ? fact
      : decodeJson(this.#keyOf({ position }), encoded, rawFactSchema);
    return this.#deps.subjectOf(told) ?? `fact ${position}`;
  }

  /** True for a fact that has to wait behind one that is parked. */
  waits(record: LogRecord): boolean {
    return this.#counts.size > 0 && this.#counts.has(this.subjectOf(record));
  }

  isFull(): boolean {
    return this.#counts.size >= MAX_SUBJECTS;
  }

  /** Writes that park facts; then `park`. */
  writesIn(records: readonly LogRecord[], error: unknown): WriteGroup[] {
    const told = JSON.stringify(String(error).slice(0, MAX_ERROR_CHARS));
    return records.map((record) => {
      const value = concatJson([encodeText(`{"error":${told},"fact":`), record.encoded, "}"]);
      return [{ kind: "set", key: this.#keyOf(record), value }];
    });
  }

  park(records: readonly LogRecord[]): void {
    for (const record of records) this.#add(record, 1);
  }

  /** Writes that take facts out that are in the rows now; then `release`. */
  writesOut(records: readonly LogRecord[]): WriteGroup[] {
    return records.map((record) => [{ kind: "delete", key: this.#keyOf(record) }]);
  }

  release(records: readonly LogRecord[]): void {
    for (const record of records) this.#add(record, -1);
  }

  #add(record: LogRecord, change: number): void {
    const subject = this.subjectOf(record);
    const count = (this.#counts.get(subject) ?? 0) + change;
    if (count > 0) this.#counts.set(subject, count);
    else this.#counts.delete(subject);
  }

  #keyOf({ position }: Pick<LogRecord, "position">) {
    return logKeys.parked(this.#deps.name, position);
  }

  async *#stored(): AsyncGenerator<LogRecord> {
    const { kv, name, schemas } = this.#deps;
    for await (const { key, value } of kv.list({ prefix: logKeys.allParked(name) })) {
      const { fact } = decodeJson(key, value, parkedSchema);
      yield toRecord(Number(key.at(-1)), fact, schemas);
    }
  }
}
