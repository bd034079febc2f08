import type { TestApp } from "./test_app.ts";

/**
 * The newest letter to an address, and the token of the link in it. Letters are written behind
 * their answers, so those of one moment have no order: say which page the link leads to where an
 * address may have letters of several kinds.
 */
export async function letterTo(app: TestApp, email: string, page = "") {
  await app.docent.auth.registration.settled();
  const letters = await app.docent.mailer.outbox(50);
  const letter = letters.find(({ to, text }) => to === email && text.includes(page));
  if (letter === undefined) throw new Error(`There is no letter to ${email}`);
  return { ...letter, token: /\?token=(\S+)/.exec(letter.text)?.[1] ?? "" };
}
