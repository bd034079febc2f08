import type { ApiScope } from "../../auth/api_keys.ts";
import type { AuditAction } from "../../audit/mod.ts";

const scopes: Readonly<Record<ApiScope, { readonly name: string; readonly hint: string }>> = {
  "events:write": { name: "Send events", hint: "POST /api/events" },
  "metrics:read": { name: "Read metrics", hint: "GET /api/metrics, and the live dashboard" },
};

/** Of `/admin/keys`. */
export const keysEn = {
  title: "API keys",
  lead: "Programs show with a key who they are. A key is shown once, when it is made.",
  make: "New key",
  name: "Name",
  nameHint: "What uses it, for example the web shop",
  scopesLegend: "What it may do",
  scopes,
  submit: "Make the key",
  made: (name: string) => `The key "${name}" is made. Copy it now: it is not shown again.`,
  problems: {
    name: "Give the key a name of up to 60 characters.",
    scopes: "Choose at least one thing that the key may do.",
    tooMany: "There are too many keys. Revoke one that is not used.",
  },
  caption: "API keys, newest first",
  ending: "Ends with",
  created: "Made",
  by: (name: string) => `by ${name}`,
  lastUsed: "Last used",
  never: "never",
  state: "State",
  good: "Good",
  revoked: "Revoked",
  revoke: "Revoke",
  revokeLabel: (name: string) => `Revoke the key ${name}`,
  empty: "No keys yet",
  emptyHint: "Programs need one to send events or to read metrics.",
  revokedNow: (name: string) => `The key "${name}" is revoked. Nothing is taken from it any more.`,
};

const actions: Readonly<Record<AuditAction, string>> = {
  "api_key.created": "Made an API key",
  "api_key.revoked": "Revoked an API key",
  "attempt.excluded": "Left an attempt out of the numbers",
  "attempt.included": "Took an attempt into the numbers again",
  "annotation.created": "Noted something on the time line",
  "annotation.deleted": "Deleted a note",
  "facts.imported": "Imported facts",
  "account.role_changed": "Changed a role",
  "session.ended": "Ended a session",
  "sessions.ended": "Ended all sessions",
  "question.added": "Added an interview question",
  "question.changed": "Changed an interview question",
  "question.retired": "Retired an interview question",
  "questions.imported": "Imported interview questions",
  "questions.generated": "Had interview questions written",
  "kiosk.added": "Added a kiosk",
  "kiosk.renamed": "Renamed a kiosk",
  "kiosk.code_opened": "Opened a pairing code",
  "kiosk.paired": "Paired a device with a kiosk",
  "kiosk.removed": "Removed a kiosk",
  "kiosk.commanded": "Told a kiosk something",
  "queue.imported": "Imported a kiosk's queue",
};

/** Of `/admin/audit`. */
export const auditEn = {
  title: "Audit log",
  lead: "Who changed what, newest first. Nothing of it is ever changed or deleted.",
  caption: "Audit log, newest first",
  at: "When",
  by: "Who",
  action: "What",
  target: "To what",
  actions,
  about: "These entries are about one thing.",
  all: "Show all entries",
  older: "Older entries",
  newest: "Back to the newest",
  empty: "Nothing was changed yet",
  emptyHint: "Changes that administrators make are noted here.",
};
