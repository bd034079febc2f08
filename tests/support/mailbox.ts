import type { TestApp } from "./test_app.ts";

/** The newest letter to an address, and the token of the link in it. */
export async function letterTo(app: TestApp, email: string) {
  await app.docent.auth.registration.settled();
  const letters = await app.docent.mailer.outbox(50);
  const letter = letters.find(({ to }) => to === email);
  if (letter === undefined) throw new Error(`There is no letter to ${email}`);
  return { ...letter, token: /\?token=(\S+)/.exec(letter.text)?.[1] ?? "" };
}
