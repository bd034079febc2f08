import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv, Write } from "../kv/port.ts";
import { auditKeys } from "./keys.ts";

/** What an administrator can do that is noted down. */
export const AUDIT_ACTIONS = [
  "api_key.created",
  "api_key.revoked",
  "attempt.excluded",
  "attempt.included",
  "annotation.created",
  "annotation.deleted",
  "facts.imported",
  "account.role_changed",
  "session.ended",
  "sessions.ended",
  "question.added",
  "question.changed",
  "question.retired",
  "questions.imported",
  "questions.generated",
  "kiosk.added",
  "kiosk.renamed",
  "kiosk.code_opened",
  "kiosk.paired",
  "kiosk.removed",
  "kiosk.commanded",
  "queue.imported",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

const entrySchema = z.object({
  auditId: z.string(),
  at: z.number(),
  /** Name of who did it. */
  by: z.string(),
  action: z.string(),
  /** Id of what it was done to; empty where it is the whole. */
  target: z.string(),
  /** From what to what, where that is known. */
  detail: z.string().optional(),
});
/** Who did what to what, and when. */
export type AuditEntry = z.infer<typeof entrySchema>;

export interface Deed {
  readonly action: AuditAction;
  readonly target: string;
  readonly by: string;
  readonly detail?: string;
}

/** What administrators did; nothing of it is ever changed or deleted. */
export interface Audit {
  /** The entry as a write, for the commit that does the deed. */
  write(deed: Deed): Write;
  /** Stores the entry of a deed that was committed elsewhere. */
  record(deed: Deed): Promise<void>;
  /** The newest first. */
  list(query: AuditQuery): Promise<AuditEntry[]>;
}

export interface AuditQuery {
  readonly limit: number;
  /** Those before this entry alone. */
  readonly before?: string;
  /** Those about this alone, among the newest ten thousand that could be. */
  readonly target?: string;
}

/** Entries that are looked at for those about one thing. */
const MAX_LOOKED_AT = 10_000;

export interface AuditDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
}

export function createAudit({ kv, clock, ids }: AuditDeps): Audit {
  function entryOf(deed: Deed) {
    const entry: AuditEntry = { auditId: ids.audit(), at: clock.now(), ...deed };
    return { key: auditKeys.entry(entry.auditId), value: encodeJson(entry) };
  }

  return {
    write: (deed) => ({ kind: "set", ...entryOf(deed) }),
    async record(deed) {
      const { key, value } = entryOf(deed);
      await kv.set(key, value);
    },
    async list({ limit, before, target }) {
      const entries: AuditEntry[] = [];
      const range = before === undefined
        ? { prefix: auditKeys.entries }
        : { prefix: auditKeys.entries, end: auditKeys.entry(before) };
      const looked = { limit: target === undefined ? limit : MAX_LOOKED_AT, reverse: true };
      for await (const { key, value } of kv.list(range, looked)) {
        const entry = decodeJson(key, value, entrySchema);
        if (target === undefined || entry.target === target) entries.push(entry);
        if (entries.length === limit) break;
      }
      return entries;
    },
  };
}
