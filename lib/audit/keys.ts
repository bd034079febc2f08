import type { Key } from "../kv/port.ts";

/** Every key of the audit log. Ids sort by time. */
export const auditKeys = {
  entries: ["audit", "entries"] satisfies Key,
  entry: (auditId: string): Key => ["audit", "entries", auditId],
};
