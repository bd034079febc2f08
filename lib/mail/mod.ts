import { createTransport } from "nodemailer";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { mailKeys } from "./keys.ts";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

const sentMailSchema = z.object({
  mailId: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  at: z.number(),
  /** `kept` where no server is set: the administrator passes it on by hand. */
  state: z.enum(["sent", "failed", "kept"]),
});
export type SentMail = z.infer<typeof sentMailSchema>;

/** Writes to people: over SMTP where it is set, else into the outbox that the administrator sees. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  /** Newest first. What was sent stands there without its text. */
  outbox(limit: number): Promise<SentMail[]>;
  /** Whether letters leave the house. */
  readonly isConnected: boolean;
  close(): void;
}

export interface MailerDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly smtp: {
    /** `smtp://user:password@host:port`, or null. */
    readonly url: string | null;
    readonly from: string;
  };
}

/** A letter's links are dead by then. */
const KEPT_MS = 7 * 86_400_000;
const TIMEOUT_MS = 10_000;

export function createMailer({ kv, clock, ids, smtp }: MailerDeps): Mailer {
  const transport = smtp.url === null ? null : createTransport({
    url: smtp.url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });

  async function keep(mail: Mail, state: SentMail["state"]): Promise<void> {
    const at = clock.now();
    const mailId = ids.mail();
    // Whoever reads the outbox must not open links that have reached their owner.
    const text = state === "sent" ? "" : mail.text;
    const row: SentMail = { ...mail, text, mailId, at, state };
    await kv.set(mailKeys.mail(at, mailId), encodeJson(row), { expireIn: KEPT_MS });
  }

  return {
    isConnected: transport !== null,
    async send(mail) {
      if (transport === null) return await keep(mail, "kept");
      try {
        await transport.sendMail({ ...mail, from: smtp.from });
      } catch (error) {
        await keep(mail, "failed");
        throw error;
      }
      await keep(mail, "sent");
    },
    async outbox(limit) {
      const mails: SentMail[] = [];
      for await (
        const { key, value } of kv.list({ prefix: mailKeys.mails }, { limit, reverse: true })
      ) {
        mails.push(decodeJson(key, value, sentMailSchema));
      }
      return mails;
    },
    close: () => transport?.close(),
  };
}
