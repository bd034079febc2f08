import type { SentMail } from "../../mail/mod.ts";

const states: Readonly<Record<SentMail["state"], string>> = {
  sent: "Sent",
  kept: "Not sent",
  failed: "Failed",
};

/** Of `/admin/outbox`. */
export const outboxEn = {
  title: "Outbox",
  lead: "Letters to people of the last seven days, the newest 100.",
  notConnected:
    "No mail server is set (SMTP_URL), so letters stay here. Pass on their links yourself: whoever has a link can use it.",
  list: "Letters, newest first",
  states,
  meta: (to: string, time: string) => `To ${to} · ${time}`,
  show: "Show the letter",
  empty: "No letters",
  emptyHint: "Links to confirm an address or to set a new password appear here.",
};
