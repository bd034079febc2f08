import { z } from "zod";
import { encodeFact } from "./encode.ts";

/**
 * Something that happened and was accepted. The log does not look inside: `type` names the fact
 * (`domain.what_happened`), the rest belongs to the domain that wrote it.
 */
export interface Fact {
  readonly type: string;
}

/** One fact in its place. Positions are 1, 2, 3 … without gaps, allotted inside the commit. */
export interface LogRecord {
  readonly position: number;
  readonly fact: Fact;
  /** The fact as it is stored, JSON in UTF-8; followers that pass it on need not encode it again. */
  readonly encoded: Uint8Array;
  /** Why `fact` is not what `encoded` says; there for a stored fact that is not of its form. */
  readonly fault?: Error;
}

/** The facts of each domain, by the word before the dot of their type. */
export type FactSchemas = Readonly<Record<string, z.ZodType<Fact>>>;

/** A fact as it is stored, before its domain has looked at it. */
export const rawFactSchema = z.looseObject({ type: z.string() });

/** One stored value of the log: the facts of one commit, or a part of them under 60 KiB. */
export const entrySchema = z.object({
  /** Commit time, epoch milliseconds. */
  at: z.number(),
  facts: z.array(rawFactSchema),
});

/**
 * A stored fact in its place. One that is not of its domain's form keeps its place too, with the
 * fault: nobody must take it for what it says it is.
 */
export function toRecord(position: number, raw: Fact, schemas: FactSchemas): LogRecord {
  const place = { position, encoded: encodeFact(raw) };
  const schema = schemas[raw.type.split(".", 1)[0]];
  // A domain that is no longer there: nobody reads its facts, and they keep their positions.
  if (schema === undefined) return { ...place, fact: raw };
  const result = schema.safeParse(raw);
  if (result.success) return { ...place, fact: result.data };
  const fault = new Error(`Fact "${raw.type}" is not of its form`, { cause: result.error });
  return { ...place, fact: UNREADABLE, fault };
}

const UNREADABLE: Fact = { type: "log.unreadable" };

export const headSchema = z.object({
  /** Of the last fact in the log; 0 when it is empty. */
  position: z.number().int().nonnegative(),
  /** Made with the file; a reader with a cursor of another epoch starts anew. */
  epoch: z.string(),
  /** The process that wrote last; tells a lost answer from a second writer. */
  writer: z.string(),
  /** Its how manyeth commit this was; tells a lost answer from one that came through late. */
  commit: z.number().int().nonnegative().default(0),
});

export type Head = z.infer<typeof headSchema>;

export const cursorSchema = z.object({
  position: z.number().int().nonnegative(),
  /** Of the projection's program; another version means that it has to be rebuilt. */
  version: z.number().int(),
});
