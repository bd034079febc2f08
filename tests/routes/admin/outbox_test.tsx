import { doesNotMatch, equal, match } from "node:assert/strict";
import { MAILS } from "../../../tools/gallery/outbox.ts";
import { OutboxPage } from "../../../routes/admin/outbox.tsx";
import { openBrowser } from "../../support/browser.ts";
import { ask } from "../../support/http.ts";
import { letterTo } from "../../support/mailbox.ts";
import { aUi, renderPage } from "../../support/page.ts";
import { post, testApp } from "../../support/test_app.ts";

const PATH = "/admin/outbox";
const KIM = { email: "kim@example.org", password: "correct horse", name: "Kim" };

Deno.test("[P-06] without a mail server the administrator reads letters, and passes their links on", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  await browser.signIn();
  const show = async () => await (await browser.open(`${PATH}?lang=en`)).text();
  match(await show(), /SMTP_URL[^]*No letters/);
  await ask(app, "/api/auth/register", post(KIM));
  const { token } = await letterTo(app, KIM.email);
  const html = await show();
  match(html, /To kim@example\.org/);
  match(html, /Not sent/);
  equal(html.includes(token), true);
});

Deno.test("[P-06] a letter that was sent shows no text, and what people wrote is no markup", () => {
  const ui = aUi("en", PATH);
  const [kept, , sent] = MAILS;
  const mails = [{ ...kept, text: "<script>alert(1)</script>" }, sent];
  const { html } = renderPage(<OutboxPage ui={ui} view={{ mails, isConnected: true }} />, ui);
  equal(html.split("<details").length, 2);
  doesNotMatch(html, /<script>alert/);
  doesNotMatch(html, /SMTP_URL/);
});
