import type { Mail } from "../mail/mod.ts";
import type { Letter } from "./registration.ts";

/**
 * A letter about an account, in both languages: what its reader prefers is not known before they
 * sign in.
 * @param base where people reach the server, without a slash at the end
 */
export function toMail(letter: Letter, base: string): Mail | null {
  const { email, name } = letter.account;
  if (email === null) return null;
  const { subject, lines } = textOf(letter, base);
  return { to: email, subject, text: [`${name},`, ...lines].join("\n\n") };
}

function textOf(letter: Letter, base: string): { subject: string; lines: string[] } {
  switch (letter.kind) {
    case "verify":
      return {
        subject: "Confirm your address · 이메일 주소 확인",
        lines: [
          "Open this link to confirm your address. It is good for seven days.",
          "아래 링크를 열어 이메일 주소를 확인해 주세요. 7일 동안 사용할 수 있습니다.",
          `${base}/app/verify?token=${letter.token}`,
        ],
      };
    case "reset":
      return {
        subject: "Set a new password · 비밀번호 재설정",
        lines: [
          "Open this link to set a new password. It is good for thirty minutes. If you did not " +
          "ask for it, do nothing: your password stays as it is.",
          "아래 링크를 열어 새 비밀번호를 설정해 주세요. 30분 동안 사용할 수 있습니다. 요청하지 " +
          "않으셨다면 그대로 두시면 됩니다.",
          `${base}/app/reset?token=${letter.token}`,
        ],
      };
    case "known":
      return {
        subject: "You have an account already · 이미 가입된 주소입니다",
        lines: [
          "Somebody wanted to make an account with this address, which has one already. If that " +
          "was you, sign in, or set a new password.",
          "이 주소로 가입 요청이 있었지만 이미 계정이 있습니다. 본인이라면 로그인하거나 비밀번호를 " +
          "재설정해 주세요.",
          `${base}/app/login`,
        ],
      };
  }
}
