import { equal, match } from "node:assert/strict";
import { LoginPage, type LoginView } from "../../../routes/admin/login.tsx";
import { aUi, renderPage } from "../../support/page.ts";

function login(change: Partial<LoginView> = {}) {
  const view = { next: "/admin/attempts", username: "", problem: null, signedOut: false };
  const ui = { ...aUi("en", "/admin/login"), user: null };
  return renderPage(<LoginPage ui={ui} view={{ ...view, ...change }} />, ui);
}

Deno.test("[M-56] the login is a plain form that works without script", () => {
  const { html } = login();
  match(html, /<form[^>]*method="post" action="\/admin\/login"/);
  match(html, /name="next" value="\/admin\/attempts"/);
  match(html, /autocomplete="current-password"/i);
  equal(html.includes("<script"), false);
});

Deno.test("[M-56][T-M16] the login says what is wrong, and not which of the two", () => {
  const { text } = login({ username: "operator", problem: { kind: "credentials" } });
  match(text, /User name or password is wrong\./);
  match(login({ problem: { kind: "code" } }).html, /<details[^>]* open/);
  equal(/<details[^>]* open/.test(login().html), false);
  const throttled = login({ problem: { kind: "throttled", retryAfterSeconds: 42 } });
  match(throttled.text, /Wait 42s,/);
});

Deno.test("[M-56] what was typed comes back as text", () => {
  const { html } = login({ username: '"><script>alert(1)</script>' });
  equal(html.includes("<script>"), false);
  match(html, /value="&quot;>&lt;script>/);
});
