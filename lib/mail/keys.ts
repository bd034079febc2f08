import type { Key } from "../kv/port.ts";

/** Keys of the outbox, in the order of time. */
export const mailKeys = {
  mail: (at: number, mailId: string): Key => ["mail", "outbox", at, mailId],
  mails: ["mail", "outbox"] satisfies Key,
};
