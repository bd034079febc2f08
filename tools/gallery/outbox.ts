import type { SentMail } from "../../lib/mail/mod.ts";
import { NOW } from "./missions.ts";

const MINUTE_MS = 60_000;
const LINK = `https://docent.example/app/reset?token=${"made-up-".repeat(6)}`;

/** One letter in each state, and one with a long address. */
export const MAILS: readonly SentMail[] = [
  {
    mailId: "mail_3",
    to: "somebody-with-a-long-name@a-department.of-a-university.example",
    subject: "Set a new password · 비밀번호 재설정",
    text: `김하늘,\n\nOpen this link to set a new password.\n\n${LINK}`,
    at: NOW - MINUTE_MS,
    state: "kept",
  },
  {
    mailId: "mail_2",
    to: "lee@example.org",
    subject: "Confirm your address · 이메일 주소 확인",
    text: `Lee,\n\nOpen this link to confirm your address.\n\n${LINK}`,
    at: NOW - 90 * MINUTE_MS,
    state: "failed",
  },
  {
    mailId: "mail_1",
    to: "park@example.org",
    subject: "Confirm your address · 이메일 주소 확인",
    text: "",
    at: NOW - 400 * MINUTE_MS,
    state: "sent",
  },
];
